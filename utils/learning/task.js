// Tasks: a prompt, a control, buttons, and what is said to the answer (after page.js).

const IDLE_BEFORE_SAVING = 900; // ms after the last key before a text is saved

function clock(time) {
  const when = new Date(time);
  const today = when.toDateString() === new Date().toDateString();
  const hour = when.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return today ? hour : `${when.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}, ${hour}`;
}

/** A text that the kernel has not confirmed yet, kept by the browser: a dead kernel must not cost an essay. */
const drafts = {
  name: id => `npt-draft-${id}`,
  keep(id, text) { try { localStorage.setItem(this.name(id), text); } catch { /* private windows may refuse */ } },
  drop(id) { try { localStorage.removeItem(this.name(id)); } catch { /* as above */ } },
  find(id) { try { return localStorage.getItem(this.name(id)); } catch { return null; } },
};

function replyPart() {
  const element = make("div", { className: "npt-reply", role: "status", aria: { live: "polite" } });
  const show = (reply, when = "") => {
    element.dataset.status = reply.status;
    element.replaceChildren(
      make("p", {}, make("strong", { textContent: reply.title }), " ", reply.text, when && make("span", { className: "npt-quiet", textContent: ` ${when}` })),
      reply.items.length ? make("ul", {}, ...reply.items.map(([part, said]) => make("li", {}, make("strong", { textContent: part }), `${/[.?!]$/.test(part) ? "" : ":"} ${said}`))) : "");
  };
  return { element, show, clear: () => { element.replaceChildren(); delete element.dataset.status; } };
}

function taskPart(spec, place, left, ask) {
  const prompt = make("h3", { textContent: spec.prompt, id: freshId() });
  const reply = replyPart();
  const hints = make("ol", { className: "npt-hints" });
  const hinted = make("div", { role: "status", aria: { live: "polite" } }, hints);
  const writing = spec.control.kind === "writing";
  let value = left?.value ?? spec.start;
  let timer = null;

  const change = given => {
    value = given;
    if (writing) {
      drafts.keep(spec.id, value);
      clearTimeout(timer);
      timer = setTimeout(answer, IDLE_BEFORE_SAVING);
    } else if (!spec.verb) answer();
    else if (reply.element.dataset.status) reply.clear(); // what was said concerned another answer
  };
  const control = CONTROLS[spec.control.kind](spec.control, change);
  const remarks = (control.items ?? []).map(({ element }) => element.appendChild(make("p", { className: "npt-remark", role: "status" })));
  control.show(value);

  /** What is said; of single things where they stand, if the control shows them. */
  function show(said, when) {
    if (!control.items) return reply.show(said, when);
    const told = new Map(said.items);
    spec.control.items.forEach(([title], i) => {
      const text = told.get(title) ?? "";
      if (remarks[i].textContent !== text) remarks[i].textContent = text; // the same words again need not be heard again
    });
    reply.show({ ...said, items: said.items.filter(([title]) => !spec.control.items.some(([one]) => one === title)) }, when);
  }
  async function answer() {
    clearTimeout(timer);
    const given = value;
    try {
      const said = (await ask("answer", { place, value: given }, WAIT_FOR_KERNEL)).answer;
      if (writing && said.status === "saved" && value === given) drafts.drop(spec.id);
      if (spec.verb && !same(value, given)) return; // the answer has changed meanwhile: this concerns another one
      show(said, said.status === "saved" && spec.verb ? `At ${clock(Date.now())}, in my_work.` : "");
    } catch (failure) {
      reply.show({ status: "unclear", title: "Not saved.", text: `${failure.message} Copy what you wrote, restart the kernel and run all cells.`, items: [] });
    }
  }
  async function hint() {
    try {
      const number = hints.children.length;
      hints.append(make("li", { textContent: (await ask("hint", { place, number })).answer }));
      if (hints.children.length >= spec.hints) { hinting.setAttribute("aria-disabled", "true"); hinting.onclick = null; hinting.textContent = "No more hints"; }
    } catch (failure) { reply.show({ status: "unclear", title: "", text: failure.message, items: [] }); }
  }
  const checking = spec.verb && make("button", { type: "button", className: "npt-main", textContent: spec.verb, onclick: answer });
  const hinting = spec.hints ? make("button", { type: "button", textContent: "Hint", onclick: hint }) : null;
  control.input?.addEventListener("keydown", event => { if (event.key === "Enter" && !writing) answer(); });
  if (writing) control.input.addEventListener("blur", () => { if (timer && value !== left?.value) answer(); });

  if (left) show(left.reply, `Your answer of ${clock(left.when)}.`);
  const draft = writing ? drafts.find(spec.id) : null;
  if (draft && draft !== value) {
    value = draft;
    control.show(value);
    reply.show({ status: "unclear", title: "Brought back from this browser:", text: "this text had not been saved yet. Press Save to keep it.", items: [] });
  }

  const sources = fold("npt-fold", async inside => {
    try {
      const { answer: found } = await ask("references", { place });
      inside.replaceChildren(make("ol", { className: "npt-references" }, ...found.map(referenceItem)));
    } catch (failure) { inside.textContent = failure.message; }
  });
  sources.summary.textContent = `Sources (${spec.sources})`;
  sources.element.hidden = !spec.sources;
  const folds = spec.folds.map(({ title, head, rows }) => make("details", { className: "npt-fold" }, make("summary", { textContent: title }),
    make("div", { className: "npt-scroll", tabIndex: 0, role: "region", aria: { label: title } }, tablePart({ caption: title, head, rows, keys: [] }, null))));
  return make("section", { className: "npt-task", aria: { labelledby: prompt.id } },
    spec.label && make("p", { className: "npt-eyebrow", textContent: spec.label }),
    prompt, control.element,
    make("div", { className: "npt-buttons" }, checking || null, hinting), hinted, reply.element, ...folds, sources.element);
}

function render({ model, el }) {
  const { ask, stop } = asker(model);
  const left = model.get("left");
  const title = model.get("title");
  const parts = model.get("tasks").map((spec, place) => taskPart(spec, place, left[place], ask));
  const scene = make("div", { className: "npt-scene npt-tasks" }, title && make("p", { className: "npt-set", textContent: title }), ...parts);
  const dress = () => { scene.dataset.theme = isDark() ? "dark" : "light"; };
  const themed = new MutationObserver(dress);
  dress();
  leaveOnEscape(scene);
  el.append(scene);
  themed.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
  return () => { stop(); themed.disconnect(); };
}

export default { render };
