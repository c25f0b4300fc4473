// One question on the screen: what it asks, what may be answered, what is due beside it.

// An element; texts are never read as markup.
function el(name, facts = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(facts)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && typeof value !== "string") made[key] = value;
    else if (value !== null) made.setAttribute(key, value);
  }
  made.append(...inside.flat().filter((each) => each !== null && each !== undefined && each !== ""));
  return made;
}

let ids = 0;
const newId = () => `e${++ids}`;

// Says a sentence to those who hear the page, and shows it at the end of the form's head.
function tell(text) {
  const place = document.getElementById("told");
  place.textContent = text;
  place.hidden = !text;
}

function choice(kind, name, value, label, checked, change, outside = false) {
  const input = el("input", { type: kind, name, value, checked });
  input.addEventListener("change", () => change(input.checked));
  return el("label", { class: outside ? "choice outside" : "choice" }, input, el("span", {}, label));
}

function question(checklist, row, changed) {
  const given = state.of[checklist.id], name = `${checklist.id}-${row.id}`;
  const answer = () => given.answers[row.id];
  const put = (value) => {
    if (value === undefined || value === "") delete given.answers[row.id];
    else given.answers[row.id] = value;
    refill();
    changed();
  };
  const body = el("div", {}), outside = el("div", {}), notes = el("div", {}), dues = el("div", { id: newId() });
  const legend = el("legend", { id: newId(), tabindex: "-1" }, el("span", { class: "number" }, row.n), told(row.q));
  const clear = el("button", { type: "button", class: "plain", onclick: () => put(undefined) }, say("clear"));
  const remarks = DATA.remarks.filter((each) => each.of === checklist.id && each.key === row.id);
  const box = el("fieldset", { id: `q-${name}`, "aria-describedby": dues.id }, legend,
    remarks.map((each) => el("p", { class: "notice remark", lang: DATA.language }, each.text)),
    row.g ? el("p", { class: "quiet guidance" }, told(row.g)) : null, body, outside, clear, dues, notes);

  const fillers = { yes_no: choices, choice: choices, scale: choices, multi, number: typed, timestamp: moment, text: words };
  function refill() {
    // Whoever types into a field of this question must not lose it; it shows what was typed anyway.
    const active = box.contains(document.activeElement) ? document.activeElement : null;
    const kept = active ? active.value : null, typing = active !== null && /^(text|datetime-local)$/.test(active.type || "");
    if (!typing) (fillers[row.kind] || recorded)();
    outsides();
    if (kept !== null && !typing && !box.contains(document.activeElement)) {
      const again = [...box.querySelectorAll("input")].find((each) => each.value === kept && each.checked) || legend;
      again.focus();
    }
    notes.replaceChildren(note(checklist, row, changed));
    update();
  }
  function choices() {
    const all = row.kind === "yes_no" ? ["yes", "no"].map((each) => [each, say(`a_${each}`)])
      : row.kind === "choice" ? row.o.map(([id, text]) => [id, told(text)])
      : Array.from({ length: row.max - row.min + 1 }, (_, at) => String(row.min + at)).map((step) => [step, row.labels[step] ? `${step} – ${told(row.labels[step])}` : step]);
    const look = row.kind === "scale" ? (Object.keys(row.labels).length ? "scale labelled" : "scale") : "";
    body.className = look;
    body.replaceChildren(...all.map(([value, label]) => choice("radio", name, value, label, answer() === value, () => put(value))));
  }
  function multi() {
    const chosen = () => (Array.isArray(answer()) ? answer() : []);
    const none = Array.isArray(answer()) && !answer().length;
    body.replaceChildren(...row.o.map(([id, text]) => choice("checkbox", name, id, told(text), chosen().includes(id), (on) => {
      const next = row.o.map(([one]) => one).filter((one) => (one === id ? on : chosen().includes(one)));
      put(next.length ? next : undefined);
    })), choice("checkbox", name, "none", say("a_none"), none, (on) => put(on ? [] : undefined)));
  }
  function typed() {
    const value = answer() === undefined || (row.out || []).includes(answer()) ? "" : answer();
    const input = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", value, "aria-labelledby": legend.id });
    input.addEventListener("input", () => put(input.value.trim()));
    body.replaceChildren(el("p", { class: "quiet" }, say("unit", { unit: told(row.unit) })), input);
  }
  function moment() {
    const value = answer() === undefined || (row.out || []).includes(answer()) ? "" : answer();
    const input = el("input", { type: "datetime-local", value, "aria-labelledby": legend.id });
    input.addEventListener("input", () => put(input.value));
    const now = () => { const at = new Date(); input.value = `${dayOf(at)}T${clockOf(at)}`; put(input.value); };
    body.replaceChildren(el("div", { class: "with" }, input, el("button", { type: "button", onclick: now }, say("now"))));
  }
  function words() {
    const area = el("textarea", { "aria-labelledby": legend.id });
    area.value = answer() || "";
    area.addEventListener("input", () => {
      if (area.value.trim()) given.answers[row.id] = area.value;
      else delete given.answers[row.id];
      update();
      changed();
    });
    if (!body.firstChild) body.replaceChildren(area);
    else if (document.activeElement !== body.firstChild) body.firstChild.value = area.value;
  }
  function recorded() {
    const list = files(checklist, row, () => {
      const names = (given.files[row.id] || []).map((file) => file.name).join("; ");
      if (names) given.answers[row.id] = names; else delete given.answers[row.id];
      refill();
      changed();
    }, row.kind);
    body.replaceChildren(list);
  }
  function outsides() {
    outside.replaceChildren(...(row.out || []).map((value) => {
      const kind = row.kind === "yes_no" || row.kind === "choice" || row.kind === "scale" ? "radio" : "checkbox";
      return choice(kind, name, value, say(`a_${value}`), answer() === value, (on) => {
        if (row.kind === "number" || row.kind === "timestamp") body.querySelectorAll("input").forEach((each) => { each.value = ""; });
        put(on ? value : undefined);
      }, true);
    }));
  }
  function update() {
    clear.hidden = answer() === undefined;
    const wrong = isWrong(row, answer());
    dues.replaceChildren(...[wrong ? el("p", { class: "due" }, say(wrong, { low: row.low ?? "–∞", high: row.high ?? "∞" })) : null].filter(Boolean));
    const mark = notes.querySelector("[data-due]");
    if (mark) mark.update();
  }
  refill();
  return { box, row, checklist, focus: () => { box.scrollIntoView({ block: "start" }); legend.focus(); } };
}

// Comment and files of a question: open where something is due or is there, else behind a summary.
function note(checklist, row, changed) {
  const given = state.of[checklist.id], answer = given.answers[row.id];
  const needs = commentDue(row, answer), proof = evidenceDue(row, answer);
  if (["photo", "audio", "receipt", "file"].includes(row.kind)) return "";
  const area = el("textarea", { id: newId() }), due = el("p", { class: "due" });
  area.value = given.comments[row.id] || "";
  const least = needs ? Math.max(1, row.c[1]) : 0;
  const update = () => {
    const count = area.value.trim().length;
    due.hidden = count >= least;
    due.textContent = count ? say("comment_least", { least, n: count }) : say("comment_due");
  };
  area.addEventListener("input", () => {
    if (area.value.trim()) given.comments[row.id] = area.value; else delete given.comments[row.id];
    update();
    changed();
  });
  const kind = row.e ? row.e[1] : "photo";
  const list = files(checklist, row, () => { box.replaceWith(note(checklist, row, changed)); changed(); }, kind);
  const missingFile = proof && !(given.files[row.id] || []).length ? el("p", { class: "due" }, say("evidence_due")) : null;
  const inside = el("div", { "data-due": "", class: "field" }, el("label", { for: area.id }, say("comment")), due, area, missingFile, list);
  inside.update = update;
  update();
  const open = needs || proof || area.value || (given.files[row.id] || []).length;
  const box = open ? inside : el("details", {}, el("summary", {}, say("more")), inside);
  return box;
}

function files(checklist, row, changed, kind) {
  const given = state.of[checklist.id];
  const shown = (given.files[row.id] || []).map((file) => {
    const blob = blobs.get(file.name), picture = el("img", { alt: "" });
    if (blob && blob.type.startsWith("image/")) {
      picture.src = URL.createObjectURL(blob);
      picture.onload = () => URL.revokeObjectURL(picture.src);
    } else picture.hidden = true;
    const gone = () => { removeFile(checklist, row, file.name); changed(); };
    return el("li", {}, picture, el("span", {}, file.name), el("button", { type: "button", "aria-label": say("remove", { name: file.name }), onclick: gone }, "×"));
  });
  const takes = { photo: "image/*", receipt: "image/*,application/pdf", audio: "audio/*" }[kind];
  const input = el("input", { type: "file", multiple: true, ...(takes ? { accept: takes } : {}) });
  input.addEventListener("change", async () => {
    const said = [];
    for (const file of input.files) said.push(await addFile(checklist, row, file));
    changed();
    tell(said.filter(Boolean).join(" "));
  });
  return el("div", {}, shown.length ? el("ul", { class: "files" }, shown) : null, el("label", { class: "button" }, say(kind), input));
}
