// The steps of the form: the visit, the sections, and what is missing at the end.

function stepsOf() {
  const parts = [{ kind: "visit" }];
  for (const checklist of CHECKLISTS) {
    let part = null;
    for (const row of checklist.rows) {
      if (!row.id && row.level === 0) parts.push((part = { kind: "part", checklist, head: row, rows: [] }));
      else if (part) part.rows.push(row);
    }
  }
  return [...parts, { kind: "finish" }];
}

const STEPS = stepsOf();
const isDone = () => !state.visit.outcome || state.visit.outcome === "done";
const askedIn = (checklist) => (isDone() ? askedOf(checklist, state.of[checklist.id].answers, state.visit.position) : new Set());

function nameOf(step) {
  if (step.kind !== "part") return say(step.kind);
  const name = `${step.head.n} ${told(step.head.q)}`;
  return CHECKLISTS.length > 1 ? `${told(step.checklist.title)}: ${name}` : name;
}

// How many of the required questions that are asked are answered.
function progress() {
  let of = 0, n = 0;
  for (const checklist of CHECKLISTS) {
    const asked = askedIn(checklist);
    for (const row of checklist.items) if (row.req && asked.has(row.id)) {
      of += 1;
      if (state.of[checklist.id].answers[row.id] !== undefined) n += 1;
    }
  }
  return { n, of };
}

const NEEDED = ["branch", "visit_date"];

function allMissing() {
  const found = NEEDED.filter((name) => !state.visit[name]).map((name) => ({ step: 0, field: name, number: "", text: say(`c_${name}`), why: say("no_answer") }));
  STEPS.forEach((step, at) => {
    if (step.kind !== "part") return;
    const asked = askedIn(step.checklist);
    for (const row of step.rows) {
      if (!row.id || !asked.has(row.id)) continue;
      for (const key of lacking(row, state.of[step.checklist.id])) {
        const number = CHECKLISTS.length > 1 ? `${told(step.checklist.title)} ${row.n}` : row.n;
        found.push({ step: at, row, checklist: step.checklist, number, text: told(row.q), why: say(key) });
      }
    }
  });
  return found;
}

// -- the visit ------------------------------------------------------------------------------------------------------

const KINDS = { visit_date: "date", start: "time", end: "time" };
const COUNTS = ["attempts", "customers_waiting", "staff_on_duty", "minutes_to_first_contact"];

function field(name, changed) {
  const id = `f-${name}`, value = state.visit[name] || "", needed = NEEDED.includes(name);
  const put = (given) => { if (given) state.visit[name] = given; else delete state.visit[name]; changed(); };
  const label = el("label", { for: id }, say(`c_${name}`), needed ? el("span", { class: "quiet" }, ` (${say("needed")})`) : null);
  const remarks = DATA.remarks.filter((each) => !each.of && each.key === name).map((each) => el("p", { class: "notice remark", lang: DATA.language }, each.text));
  let input;
  if (DATA.fixed.includes(name)) input = el("p", { id }, el("strong", {}, value));
  else if (name === "outcome" || name === "position") {
    const all = name === "outcome" ? DATA.outcomes.map((each) => [each, say(`c_outcome_${each}`)]) : [["", say("choose")], ...DATA.positions.map(([name, title]) => [name, told(title)])];
    input = el("select", { id }, all.map(([code, text]) => el("option", { value: code, selected: code === value }, text)));
    input.addEventListener("change", () => put(input.value));
  } else {
    input = el("input", { id, type: KINDS[name] || "text", value, autocomplete: "off", ...(COUNTS.includes(name) ? { inputmode: "decimal" } : {}) });
    input.addEventListener("input", () => put(input.value.trim()));
  }
  const now = () => {
    const at = new Date();
    if (!state.visit.visit_date) { state.visit.visit_date = dayOf(at); document.getElementById("f-visit_date").value = dayOf(at); }
    input.value = clockOf(at);
    put(input.value);
  };
  const stamped = KINDS[name] === "time" ? el("div", { class: "with" }, input, el("button", { type: "button", onclick: now, "aria-label": `${say(`c_${name}`)}: ${say("now")}` }, say("now"))) : input;
  const head = DATA.fixed.includes(name) ? el("p", { class: "quiet" }, say(`c_${name}`)) : label;
  return el("div", { class: "field" }, head, remarks, stamped);
}

function visitStep(changed) {
  return [
    CHECKLISTS.map((each) => el("p", { class: "quiet" }, told(each.title), each.about.length ? ` – ${told(each.about)}` : "", told(each.remark) ? ` (${told(each.remark)})` : "")),
    remarksList(),
    DATA.cover.map((name) => field(name, changed)),
    opener(),
    el("details", {}, el("summary", {}, say("what_is_kept")), el("p", {}, say("what_is_kept_text")), wiper()),
  ];
}

function remarksList() {
  if (!DATA.remarks.length) return null;
  const lines = DATA.remarks.map((each) => {
    const checklist = CHECKLISTS.find((one) => one.id === each.of), row = checklist && checklist.byId[each.key];
    if (!row) return el("li", { lang: DATA.language }, each.text);
    const at = STEPS.findIndex((step) => step.kind === "part" && step.rows.includes(row));
    return el("li", {}, el("button", { type: "button", onclick: () => goTo(at, { checklist, row }) }, `${row.n} ${told(row.q)} – `, el("span", { lang: DATA.language }, each.text)));
  });
  return el("section", { class: "notice" }, el("strong", {}, say("remarks")), el("ul", { class: "list" }, lines));
}

function opener() {
  const input = el("input", { type: "file", accept: ".json,application/json" });
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    try {
      await takeUp(await file.text());
      show();
      tell(say("opened", { name: file.name }));
    } catch {
      tell(say("not_ours", { name: file.name }));
    }
    input.value = "";
  });
  return el("p", {}, el("label", { class: "button" }, say("open_file"), input));
}

function wiper() {
  const place = el("div", {});
  const ask = () => place.replaceChildren(el("p", {}, say("delete_sure")),
    el("button", { type: "button", onclick: wipe }, say("delete_yes")), " ", el("button", { type: "button", onclick: rest }, say("cancel")));
  const rest = () => place.replaceChildren(el("button", { type: "button", onclick: ask }, say("delete")));
  const wipe = async () => {
    if (store.base) await store.wipe().catch(() => false);
    blobs.clear();
    state = fresh();
    show();
    tell(say("deleted"));
  };
  rest();
  return place;
}

// -- a section --------------------------------------------------------------------------------------------------------

function partStep(step, changed) {
  const shown = [], empty = el("p", { class: "notice" }, say(isDone() ? "not_asked" : "not_carried_out"));
  const inside = step.rows.map((row) => {
    if (!row.id) {
      const head = el("h3", {}, `${row.n} ${told(row.q)}`);
      shown.push({ row, box: head, checklist: step.checklist });
      return head;
    }
    const made = question(step.checklist, row, changed);
    shown.push(made);
    return made.box;
  });
  const update = () => {
    const asked = askedIn(step.checklist);
    let below = false;
    for (const each of [...shown].reverse()) {
      const here = each.row.id ? asked.has(each.row.id) : below;
      below = each.row.id ? below || here : false;
      each.box.hidden = !here;
    }
    empty.hidden = step.rows.some((row) => row.id && asked.has(row.id));
  };
  update();
  return { inside: [empty, ...inside], update, shown };
}

// -- the end ----------------------------------------------------------------------------------------------------------

function finishStep() {
  const missing = allMissing(), { of } = progress();
  const report = async () => {
    const name = `${(state.visit.visit_id || "report").replace(/[^\w.-]+/g, "_")}.json`;
    return new File([JSON.stringify(await envelope(false))], name, { type: "application/json" });
  };
  const lines = missing.map((each) => el("li", {}, el("button", { type: "button", onclick: () => goTo(each.step, each) }, `${each.number} ${each.text} – ${each.why}`)));
  const canShare = Boolean(navigator.canShare && navigator.share && navigator.canShare({ files: [new File(["{}"], "a.json", { type: "application/json" })] }));
  const save = async () => { const file = await report(); hand(file); tell(say("saved", { name: file.name })); };
  const share = async () => {
    try {
      await navigator.share({ files: [await report()] });
      tell(say("shared"));
    } catch (fault) {
      if (fault.name !== "AbortError") tell(say("share_failed"));
    }
  };
  return [
    isDone() ? null : el("p", { class: "notice" }, say("not_carried_out")),
    missing.length ? el("p", { class: "due" }, say("missing", { n: new Set(missing.map((each) => each.field || each.row)).size, of: of + NEEDED.length })) : el("p", {}, say("complete")),
    missing.length ? el("ul", { class: "list" }, lines) : null,
    el("div", { class: "actions" },
      canShare ? el("button", { type: "button", class: "first", onclick: share }, say("share")) : null,
      el("button", { type: "button", class: canShare ? "" : "first", onclick: save }, say(missing.length ? "download_all_the_same" : "download")),
      el("button", { type: "button", onclick: saveDraft }, say("save_draft"))),
    opener(),
    el("details", {}, el("summary", {}, say("what_is_kept")), el("p", {}, say("what_is_kept_text")), wiper()),
  ];
}

function hand(file) {
  const link = el("a", { href: URL.createObjectURL(file), download: file.name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function saveDraft() {
  const name = `${(state.visit.visit_id || "report").replace(/[^\w.-]+/g, "_")}-draft.json`;
  hand(new File([JSON.stringify(await envelope(true))], name, { type: "application/json" }));
  tell(say("saved", { name }));
}
