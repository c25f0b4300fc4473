// What the form asks, and what is missing: the same rules as `model/asked.py`, without a document.

const DATA = JSON.parse(document.getElementById("form").textContent);
const LANGUAGES = Object.keys(DATA.names);
const CHECKLISTS = DATA.checklists;
for (const checklist of CHECKLISTS) {
  checklist.items = checklist.rows.filter((row) => row.id);
  checklist.byId = Object.fromEntries(checklist.items.map((row) => [row.id, row]));
}

let language = DATA.language;

const say = (key, facts = {}) => (DATA.words[language][key] || "").replace(/\{(\w+)\}/g, (_, name) => facts[name]);
const told = (texts) => (texts.length < 2 ? texts[0] || "" : texts[LANGUAGES.indexOf(language)]);
const plain = (text) => String(text || "").trim().replace(/\s+/g, " ").toLowerCase();

function number(value) {
  const text = String(value).replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
}

// -- conditions: true, false, or null where the outcome hangs on a required answer that is still blank -------------

function* itemsOf(condition) {
  const parts = condition.all || condition.any || (condition.not ? [condition.not] : null);
  if (parts) for (const part of parts) yield* itemsOf(part);
  else yield condition.item;
}

function same(answer, wanted, kind) {
  if (Array.isArray(answer)) return (answer.length === 1 && answer[0] === wanted) || (!answer.length && wanted === "none");
  if ((kind === "scale" || kind === "number") && !Number.isNaN(number(answer))) return number(answer) === number(wanted);
  return answer === wanted;
}

function holds(test, answers, byId) {
  const answer = answers[test.item];
  if (answer === undefined) return false;
  const kind = (byId[test.item] || {}).kind;
  if (test.is !== undefined && !same(answer, test.is, kind)) return false;
  if (test.in && !test.in.some((one) => same(answer, one, kind))) return false;
  if (test.has !== undefined && !(Array.isArray(answer) && answer.includes(test.has))) return false;
  if (test.min === undefined && test.max === undefined) return true;
  const value = Array.isArray(answer) ? NaN : number(answer);
  return !Number.isNaN(value) && !(value < test.min) && !(value > test.max);
}

function together(found, weak) {
  if (found.includes(weak)) return weak;
  return found.includes(null) ? null : !weak;
}

function decided(condition, answers, missing, byId) {
  if (condition.all) return together(condition.all.map((part) => decided(part, answers, missing, byId)), false);
  if (condition.any) return together(condition.any.map((part) => decided(part, answers, missing, byId)), true);
  if (condition.not) {
    const inner = decided(condition.not, answers, missing, byId);
    return inner === null ? null : !inner;
  }
  return missing.has(condition.item) ? null : holds(condition, answers, byId);
}

// The ids of the questions that this visit asks.
function askedOf(checklist, answers, position) {
  const asked = new Set(), missing = new Set(), seen = new Set(), counted = {};
  const visit = (id) => {
    const row = checklist.byId[id];
    if (seen.has(id) || !row) return;
    seen.add(id);
    for (const condition of row.if || []) for (const other of itemsOf(condition)) visit(other);
    if (position && row.for && !row.for.some((one) => plain(one) === plain(position))) return;
    if (row.if && decided({ all: row.if }, counted, missing, checklist.byId) !== true) return;
    asked.add(id);
    if (answers[id] !== undefined) counted[id] = answers[id];
    else if (row.req) missing.add(id);
  };
  for (const row of checklist.items) visit(row.id);
  return asked;
}

// -- what is due ----------------------------------------------------------------------------------------------------

const isOutside = (answer) => answer === "not_applicable" || answer === "not_observed";

function fails(row, answer) {
  if (answer === undefined || isOutside(answer)) return false;
  if (row.bad) return row.bad.includes(answer);
  const value = number(answer);
  return (row.spans || []).some(([above, upTo, bottom]) =>
    (above === null || value > above || (bottom && value === above)) && (upTo === null || value <= upTo) && !Number.isNaN(value));
}

const isDue = (rule, row, answer) => Boolean(rule) && answer !== undefined && (rule[0] === "always" || (rule[0] === "not_met" && fails(row, answer)));
const commentDue = (row, answer) => isDue(row.c, row, answer);
const evidenceDue = (row, answer) => isDue(row.e, row, answer);

function isWrong(row, answer) {
  if (row.kind !== "number" || answer === undefined || (row.out || []).includes(answer)) return "";
  const value = number(answer);
  if (Number.isNaN(value)) return "not_number";
  const low = row.low === undefined ? -Infinity : Number(row.low), high = row.high === undefined ? Infinity : Number(row.high);
  return value < low || value > high ? "out_of_range" : "";
}

// What is lacking of one question that is asked: keys of words, the answer first.
function lacking(row, given) {
  const answer = given.answers[row.id], found = [];
  if (answer === undefined) return row.req ? ["no_answer"] : [];
  if (isWrong(row, answer)) found.push("wrong");
  const comment = (given.comments[row.id] || "").trim();
  if (commentDue(row, answer) && comment.length < Math.max(1, row.c[1])) found.push("no_comment");
  if (evidenceDue(row, answer) && !(given.files[row.id] || []).length) found.push("no_evidence");
  return found;
}
