// The page: head, one step at a time, and the way between them.

let current = null;

function showKept(well) {
  const place = document.getElementById("kept");
  if (!place) return;
  place.className = well ? "quiet" : "notice";
  place.textContent = well ? say("kept", { time: clockOf(new Date()) }) : say("store_full");
  if (!well) place.append(" ", el("button", { type: "button", onclick: saveDraft }, say("save_draft")));
}

function changed() {
  keep();
  updateHead();
  if (current && current.update) current.update();
}

function updateHead() {
  const { n, of } = progress();
  document.getElementById("count").textContent = say("answered", { n, of });
  document.querySelector(".bar > span").style.width = of ? `${(100 * n) / of}%` : "0";
}

function goTo(step, target = null) {
  state.step = step;
  keep();
  show(target);
}

function head() {
  const languages = el("select", { id: "language", onchange: (event) => { language = event.target.value; show(); } },
    LANGUAGES.map((each) => el("option", { value: each, lang: each, selected: each === language }, DATA.names[each])));
  const steps = el("select", { id: "steps", "aria-label": say("steps"), onchange: (event) => goTo(Number(event.target.value)) },
    STEPS.map((step, at) => el("option", { value: String(at), selected: at === state.step }, nameOf(step))));
  const missing = store.base !== null || !store.tried ? null : el("div", { class: "notice", role: "alert" }, el("p", {}, say("no_store")), el("button", { type: "button", onclick: saveDraft }, say("save_draft")));
  // On a phone the head must leave room for the question: the language is chosen at the beginning.
  const first = state.step === 0;
  return el("header", {},
    el("div", { class: "top" }, el("h1", { class: first ? "" : "small" }, `${say("title")} ${state.visit.visit_id || ""}`),
      first ? el("div", {}, el("label", { for: "language", class: "quiet" }, say("lang_label")), languages) : null),
    missing,
    first ? el("label", { for: "steps", class: "quiet" }, say("steps")) : null, steps,
    el("div", { class: "bar", "aria-hidden": "true" }, el("span", {})),
    el("p", { id: "count", class: "quiet" }),
    el("p", { id: "kept", class: "quiet", role: "status" }),
    el("p", { id: "told", class: "notice", role: "status", hidden: true }));
}

function show(target = null) {
  document.documentElement.lang = language;
  document.title = `${say("title")} ${state.visit.visit_id || ""}`.trim();
  state.step = Math.min(Math.max(0, state.step), STEPS.length - 1);
  const step = STEPS[state.step];
  current = step.kind === "part" ? partStep(step, changed) : { inside: step.kind === "visit" ? visitStep(changed) : finishStep() };
  const title = el("h2", { id: "step", tabindex: "-1" }, el("span", { class: "quiet" }, say("step", { n: state.step + 1, of: STEPS.length, name: "" }).replace(/:\s*$/, "")), el("br"), nameOf(step));
  const move = (by) => () => goTo(state.step + by);
  const feet = el("nav", { class: "feet", "aria-label": say("steps") }, el("div", {},
    el("button", { type: "button", onclick: move(-1), disabled: state.step === 0 }, say("back")),
    el("button", { type: "button", class: "first", onclick: move(1), hidden: state.step === STEPS.length - 1 }, say("next"))));
  document.getElementById("page").replaceChildren(head(), el("main", {}, title, current.inside.flat().filter(Boolean)), feet);
  updateHead();
  if (!target) {
    window.scrollTo(0, 0);
    if (show.before) title.focus({ preventScroll: true });
  } else if (target.field) document.getElementById(`f-${target.field}`).focus();
  else current.shown.find((each) => each.row === target.row && each.checklist === target.checklist).focus();
  show.before = true;
}

window.addEventListener("beforeunload", (event) => {
  // Where nothing is kept, a closed page is a lost visit.
  if (!store.base && state.time) event.preventDefault();
});

(async () => {
  // Shown at once; what was kept comes as soon as the browser gives it, unless somebody began to type before.
  show();
  document.documentElement.dataset.shown = "yes";
  await store.open();
  const again = state.time === null && (await resume());
  if (again || !store.base) show();
  else if (state.time) keep();
  if (again && state.time) tell(say("resumed", { time: `${dayOf(new Date(state.time))} ${clockOf(new Date(state.time))}` }));
  document.documentElement.dataset.ready = "yes";
})();
