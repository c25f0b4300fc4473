// What is kept: the state of the form and the files that belong to it, in this browser and nowhere else.

const KEY = [DATA.visit.visit_id || "", ...CHECKLISTS.map((each) => `${each.id}@${each.version}`), DATA.supersedes].join("|");

function fresh() {
  const of = {};
  for (const checklist of CHECKLISTS) {
    const filled = DATA.filled[checklist.id] || { answers: {}, comments: {}, evidence: {} };
    const answers = {}, files = {};
    for (const [id, answer] of Object.entries(filled.answers)) if (checklist.byId[id] && answer !== "not_asked") answers[id] = answer;
    for (const [id, names] of Object.entries(filled.evidence)) files[id] = names.split(";").map((name) => ({ name: name.trim() })).filter((each) => each.name);
    of[checklist.id] = { answers, comments: { ...filled.comments }, files };
  }
  return { visit: { ...DATA.visit }, of, step: 0, time: null };
}

const request = (made) => new Promise((done, failed) => {
  made.onsuccess = () => done(made.result);
  made.onerror = () => failed(made.error);
  made.onblocked = () => failed(new Error("blocked"));
});

const store = {
  base: null,
  tried: false,
  async open() {
    const opening = new Promise((done, failed) => {
      const made = indexedDB.open("auditkit", 1);
      made.onupgradeneeded = () => { made.result.createObjectStore("drafts"); made.result.createObjectStore("files"); };
      request(made).then(done, failed);
    });
    const late = new Promise((_, failed) => setTimeout(() => failed(new Error("late")), 3000));
    try {
      this.base = await Promise.race([opening, late]);
      // Some browsers open a base and then keep nothing in it: what is written must come back.
      await this.put("drafts", "probe", { text: "probe" });
      if ((await this.get("drafts", "probe")).text !== "probe") throw new Error("lost");
      await this.remove("drafts", "probe");
      if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => false);
    } catch {
      this.base = null;
    }
    this.tried = true;
    return this.base !== null;
  },
  async act(name, mode, work) {
    const deal = this.base.transaction(name, mode), ended = new Promise((done, failed) => {
      deal.oncomplete = done;
      deal.onerror = deal.onabort = () => failed(deal.error || new Error("aborted"));
    });
    const result = await request(work(deal.objectStore(name)));
    await ended;
    return result;
  },
  put(name, key, value) { return this.act(name, "readwrite", (table) => table.put(value, key)); },
  get(name, key) { return this.act(name, "readonly", (table) => table.get(key)); },
  remove(name, key) { return this.act(name, "readwrite", (table) => table.delete(key)); },
  async wipe() {
    for (const name of ["drafts", "files"]) await this.act(name, "readwrite", (table) => table.clear());
  },
};

let state = fresh();
const blobs = new Map();
// Which try to keep something is the last one: an older one that ends later says nothing.
let tries = 0, fileTrouble = false;

async function keep() {
  state.time = new Date().toISOString();
  if (!store.base) return;
  const mine = ++tries;
  try {
    await store.put("drafts", KEY, state);
    if (mine === tries && !fileTrouble) showKept(true);
  } catch {
    if (mine === tries) showKept(false);
  }
}

async function keepFile(name, blob) {
  blobs.set(name, blob);
  if (!store.base) return;
  try {
    await store.put("files", `${KEY}|${name}`, blob);
  } catch {
    fileTrouble = true;
    showKept(false);
  }
}

function dropFile(name) {
  blobs.delete(name);
  if (store.base) store.remove("files", `${KEY}|${name}`).catch(() => false);
}

async function resume() {
  if (!store.base) return false;
  const kept = await store.get("drafts", KEY).catch(() => undefined);
  if (!kept || state.time) return false;
  state = { ...fresh(), ...kept };
  for (const each of CHECKLISTS) state.of[each.id] = state.of[each.id] || { answers: {}, comments: {}, files: {} };
  for (const file of allFiles()) {
    const blob = await store.get("files", `${KEY}|${file.name}`).catch(() => undefined);
    if (blob) blobs.set(file.name, blob);
  }
  return true;
}

const allFiles = () => Object.values(state.of).flatMap((given) => Object.values(given.files).flat());

// -- the report as JSON, and a draft or report taken up again --------------------------------------------------------

const two = (value) => String(value).padStart(2, "0");
const dayOf = (moment) => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
const clockOf = (moment) => `${two(moment.getHours())}:${two(moment.getMinutes())}`;

function withOffset(moment) {
  const ahead = -moment.getTimezoneOffset(), far = Math.abs(ahead);
  return `${dayOf(moment)}T${clockOf(moment)}:${two(moment.getSeconds())}${ahead < 0 ? "-" : "+"}${two(Math.floor(far / 60))}:${two(far % 60)}`;
}

function moments(visit) {
  const found = {}, day = visit.visit_date;
  for (const name of ["start", "end"]) if (day && visit[name]) found[name] = `${day}T${visit[name]}`;
  if (found.start && found.end && found.end < found.start) {
    // Over midnight; anything longer is a slip of the pen, which the checks name.
    const next = new Date(`${day}T12:00`);
    next.setDate(next.getDate() + 1);
    const late = `${dayOf(next)}T${visit.end}`;
    if (new Date(late) - new Date(found.start) < 6 * 3600 * 1000) found.end = late;
  }
  return found;
}

function reportOf(checklist) {
  const { start, end, ...visit } = state.visit, given = state.of[checklist.id];
  const report = { visit_id: visit.visit_id, checklist: checklist.id, version: checklist.version, definition_hash: checklist.hash };
  for (const [name, value] of Object.entries(visit)) if (value !== "" && DATA.cover.includes(name)) report[name] = value;
  for (const name of ["attempts", "customers_waiting", "staff_on_duty"]) if (report[name] !== undefined) report[name] = Number(report[name]);
  if (report.minutes_to_first_contact !== undefined) report.minutes_to_first_contact = String(number(report.minutes_to_first_contact));
  Object.assign(report, moments(state.visit), { language, handed_in: withOffset(new Date()) });
  if (!report.branch) report.branch = "";
  if (DATA.supersedes) report.supersedes = DATA.supersedes;
  const answers = {}, comments = {}, evidence = {};
  const asked = state.visit.outcome && state.visit.outcome !== "done" ? new Set() : askedOf(checklist, given.answers, state.visit.position);
  for (const row of checklist.items) {
    if (!asked.has(row.id)) continue;
    const answer = given.answers[row.id];
    if (answer !== undefined) answers[row.id] = row.kind === "number" && !isWrong(row, answer) && !(row.out || []).includes(answer) ? String(answer).trim().replace(",", ".") : answer;
    if ((given.comments[row.id] || "").trim()) comments[row.id] = given.comments[row.id].trim();
    if ((given.files[row.id] || []).length) evidence[row.id] = given.files[row.id].map((file) => file.name).join("; ");
  }
  if (asked.size) for (const id of checklist.others) answers[id] = "not_asked";
  return { ...report, answers, comments, evidence };
}

const asText = (blob) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(blob);
});

async function envelope(draft) {
  const photos = {};
  for (const file of allFiles()) if (blobs.has(file.name)) photos[file.name] = { data: await asText(blobs.get(file.name)), made: file.made || "" };
  const found = { auditkit: "page", format: DATA.format, draft, reports: CHECKLISTS.map(reportOf), photos };
  return draft ? { ...found, state } : found;
}

function blobOf(text) {
  const [head, body] = text.split(","), bytes = atob(body);
  return new Blob([Uint8Array.from(bytes, (sign) => sign.charCodeAt(0))], { type: head.slice(5).split(";")[0] });
}

// Takes up a draft or report of this form; throws where the text is neither.
async function takeUp(text) {
  const found = JSON.parse(text);
  const ours = found.auditkit === "page" && found.format === DATA.format && Array.isArray(found.reports);
  if (!ours || !CHECKLISTS.every((each) => found.reports.some((one) => one.checklist === each.id && one.version === each.version))) throw new Error("another form");
  const code = found.reports[0].visit_id || "";
  if (DATA.visit.visit_id && code !== DATA.visit.visit_id) throw new Error("another visit");
  const next = fresh();
  if (found.draft && found.state) Object.assign(next, found.state);
  else for (const report of found.reports) fromReport(next, report);
  state = next;
  for (const [name, file] of Object.entries(found.photos || {})) await keepFile(name, blobOf(file.data));
  await keep();
}

function fromReport(into, report) {
  for (const name of DATA.cover) if (report[name] !== undefined) into.visit[name] = String(report[name]);
  for (const name of ["start", "end"]) if (report[name]) into.visit[name] = report[name].slice(11, 16);
  const given = into.of[report.checklist];
  if (!given) return;
  const checklist = CHECKLISTS.find((each) => each.id === report.checklist);
  for (const [id, answer] of Object.entries(report.answers || {})) if (checklist.byId[id]) given.answers[id] = answer;
  given.comments = { ...(report.comments || {}) };
  for (const [id, names] of Object.entries(report.evidence || {})) given.files[id] = names.split("; ").map((name) => ({ name }));
}
