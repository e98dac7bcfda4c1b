// One scene: native controls, a Plotly chart, its reading, cards, rows and sources. The kernel computes; this file
// only shows. Text from data enters the page as text (`textContent`), never as HTML.

const SHARED = "__nine_points_plotly__"; // every widget has its own copy of this module: share plotly.js on globalThis
// No tool bar: its buttons take JupyterLab's shortcuts, stand where screen readers cannot see them, and one uploads.
const SETTINGS = { displayModeBar: false, displaylogo: false, responsive: false, scrollZoom: false, doubleClick: false };
const WAIT_FOR_KERNEL = 8000; // ms after which a silent kernel is worth a sentence
const CONFIDENCE = { two: "core fact seen in two pages or more", one: "core fact seen in one page, or in pages of one side only",
                     memory: "no page found: general knowledge" };

// ---- small helpers ---------------------------------------------------------------------------------------------

const TAKES_KEYS = new Set(["input", "select", "button", "summary", "a"]);

function make(tag, properties = {}, ...children) {
  const { data, aria, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  // JupyterLab's own shortcuts match the focused element itself, so an attribute on the scene around it would come
  // too late: without this, an arrow key on a slider selects the next cell instead.
  if (TAKES_KEYS.has(tag) || "tabIndex" in rest) element.dataset.lmSuppressShortcuts = "true";
  for (const [name, value] of Object.entries(data ?? {})) element.dataset[name] = value;
  for (const [name, value] of Object.entries(aria ?? {})) element.setAttribute(`aria-${name}`, value);
  element.append(...children.filter(child => child != null && child !== ""));
  return element;
}

let made = 0;
const freshId = () => `npt-${Math.random().toString(36).slice(2, 8)}-${made++}`;
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Questions to the kernel, each answered once: `ask(what, details)` resolves with {answer, buffers}. */
function asker(model) {
  const open = new Map();
  let last = 0;
  const receive = (message, buffers) => {
    const waiting = open.get(message.id);
    if (!waiting) return;
    open.delete(message.id);
    clearTimeout(waiting.timer);
    message.error ? waiting.reject(new Error(message.error)) : waiting.resolve({ answer: message.answer, buffers });
  };
  model.on("msg:custom", receive);
  const ask = (what, details = {}, patience = 60000) =>
    new Promise((resolve, reject) => {
      const id = `${freshId()}-${++last}`;
      const timer = setTimeout(() => { open.delete(id); reject(new Error("The kernel did not answer.")); }, patience);
      open.set(id, { resolve, reject, timer });
      model.send({ ask: what, id, ...details });
    });
  return { ask, stop: () => model.off("msg:custom", receive) };
}

// ---- plotly.js, once a page --------------------------------------------------------------------------------------

async function loadPlotly(ask) {
  const { buffers } = await ask("plotly.js");
  const packed = new Blob([buffers[0]]).stream().pipeThrough(new DecompressionStream("gzip"));
  const address = URL.createObjectURL(new Blob([await new Response(packed).arrayBuffer()], { type: "text/javascript" }));
  const define = globalThis.define; // an AMD loader on the page would swallow the bundle
  globalThis.define = undefined;
  try {
    await new Promise((resolve, reject) => {
      const script = make("script", { src: address, onload: resolve, onerror: () => reject(new Error("plotly.js did not start.")) });
      document.head.append(script);
    });
  } finally {
    globalThis.define = define;
    URL.revokeObjectURL(address);
  }
  return globalThis.Plotly;
}

/** The page's plotly.js. A failed load is forgotten, so that the next scene, or "Try again", starts afresh. */
function plotly(ask) {
  globalThis[SHARED] ??= loadPlotly(ask).catch(problem => { globalThis[SHARED] = undefined; throw problem; });
  return globalThis[SHARED];
}

// ---- theme -----------------------------------------------------------------------------------------------------------

/** Whether the page is dark, judged by what it really paints, with JupyterLab's own word first. */
function isDark() {
  const said = document.body.dataset.jpThemeLight;
  if (said) return said === "false";
  if (document.body.classList.contains("vscode-dark")) return true;
  return globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches ?? false;
}

/** The same figure with every light colour replaced by its dark twin. */
function recolour(value, swaps) {
  if (typeof value === "string") return swaps[value] ?? value;
  if (Array.isArray(value)) return value.map(one => recolour(one, swaps));
  if (value && typeof value === "object" && !ArrayBuffer.isView(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, recolour(one, swaps)]));
  return value;
}

// ---- controls: each returns {element, show(value)} and calls change(value) --------------------------------------------

function radios(spec, options, change, legend) {
  const name = freshId();
  const inputs = options.map(([value]) => make("input", { type: "radio", name, value, onchange: () => change(value) }));
  const labels = options.map(([, label], i) => make("label", { className: "npt-option" }, inputs[i], make("span", { textContent: label })));
  const element = make("fieldset", { className: "npt-control" }, make("legend", { textContent: legend ?? spec.label }), ...labels);
  return { element, show: value => inputs.forEach(input => { input.checked = input.value === value; }) };
}

function dropdown(spec, change) {
  const id = freshId();
  const select = make("select", { id, onchange: () => change(select.value) },
    ...spec.options.map(([value, label]) => make("option", { value, textContent: label })));
  const element = make("div", { className: "npt-control" }, make("label", { htmlFor: id, textContent: spec.label }), select);
  return { element, select, show: value => { select.value = value; } };
}

function slider({ label, min, max, step = 1, unit = "" }, change) {
  const id = freshId();
  const output = make("output", { htmlFor: id });
  const input = make("input", { id, type: "range", min, max, step, oninput: () => { write(); change(Number(input.value)); } });
  const write = () => {
    output.textContent = unit ? `${input.value} ${unit}` : input.value;
    if (unit) input.setAttribute("aria-valuetext", output.textContent);
  };
  const element = make("div", { className: "npt-slider" }, make("label", { htmlFor: id, textContent: label }), input, output);
  return { element, input, show: value => { input.value = value; write(); } };
}

const CONTROLS = {
  choice: (spec, change) => (spec.options.length > 4 ? dropdown(spec, change) : radios(spec, spec.options, change)),

  step(spec, change) {
    const { element, select, show } = dropdown(spec, change);
    const move = by => {
      select.selectedIndex = Math.min(spec.options.length - 1, Math.max(0, select.selectedIndex + by));
      ends();
      change(select.value);
    };
    const back = make("button", { type: "button", textContent: "Previous", onclick: () => move(-1) });
    const next = make("button", { type: "button", textContent: "Next", onclick: () => move(1) });
    const ends = () => { // aria-disabled, not disabled: a button at the end keeps the keyboard's focus
      back.setAttribute("aria-disabled", select.selectedIndex <= 0);
      next.setAttribute("aria-disabled", select.selectedIndex >= spec.options.length - 1);
    };
    select.addEventListener("change", ends);
    element.append(make("div", { className: "npt-buttons" }, back, next));
    return { element, show: value => { show(value); ends(); } };
  },

  choices(spec, change) {
    const inputs = spec.options.map(([value]) => make("input", { type: "checkbox", value, onchange: () => change(taken()) }));
    const taken = () => inputs.filter(input => input.checked).map(input => input.value);
    const labels = spec.options.map(([, label], i) => make("label", { className: "npt-option" }, inputs[i], make("span", { textContent: label })));
    const element = make("fieldset", { className: "npt-control" }, make("legend", { textContent: spec.label }), ...labels);
    return { element, show: value => inputs.forEach(input => { input.checked = value.includes(input.value); }) };
  },

  toggle(spec, change) {
    const input = make("input", { type: "checkbox", onchange: () => change(input.checked) });
    const element = make("div", { className: "npt-control" },
      make("label", { className: "npt-option" }, input, make("span", { textContent: spec.label })));
    return { element, show: value => { input.checked = value; } };
  },

  range(spec, change) {
    const end = (label, other) => slider({ label, min: spec.first, max: spec.last }, value => { push(value, other()); });
    const from = end("from", () => "from"), to = end("to", () => "to");
    const push = (value, moved) => { // one end pushes the other along, so that the first is never after the last
      if (moved === "from" && value > Number(to.input.value)) to.show(value);
      if (moved === "to" && value < Number(from.input.value)) from.show(value);
      change([Number(from.input.value), Number(to.input.value)]);
    };
    const element = make("fieldset", { className: "npt-control" }, make("legend", { textContent: spec.label }), from.element, to.element);
    return { element, show: ([low, high]) => { from.show(low); to.show(high); } };
  },

  number(spec, change) {
    const { element, show } = slider({ label: spec.label, min: spec.first, max: spec.last, step: spec.step, unit: spec.unit }, change);
    return { element: make("div", { className: "npt-control" }, element), show };
  },

  curve(spec, change) {
    const handles = spec.at.map(label => slider({ label, min: 0, max: spec.last, step: spec.step },
      () => change(handles.map(handle => Number(handle.input.value)))));
    handles.forEach(handle => handle.input.setAttribute("orient", "vertical"));
    const element = make("fieldset", { className: "npt-control npt-curve" }, make("legend", { textContent: spec.label }),
      make("div", { className: "npt-handles" }, ...handles.map(handle => handle.element)));
    return { element, show: values => values.forEach((value, i) => handles[i].show(value)) };
  },

  gate(spec, change) {
    const press = value => { // the pressed button gives way to the other ones: hand the focus on
      change(value);
      show(value);
      (value ? again : open).focus();
    };
    const open = make("button", { type: "button", className: "npt-main", textContent: spec.label, onclick: () => press("answered") });
    const skip = make("button", { type: "button", textContent: spec.skip_label, onclick: () => press("skipped") });
    const again = make("button", { type: "button", textContent: spec.again_label, onclick: () => press("") });
    const show = value => { open.hidden = Boolean(value); skip.hidden = Boolean(value) || !spec.skip_label; again.hidden = !value; };
    return { element: make("div", { className: "npt-control npt-buttons" }, open, skip, again), show };
  },

  ballot(spec, change) {
    let answers = spec.items.map(() => "");
    const items = spec.items.map(([title, text], i) => {
      const choice = radios(spec, spec.options, value => {
        answers = answers.map((old, j) => (j === i ? value : old));
        change(answers);
      }, title);
      choice.element.querySelector("legend").after(make("p", { textContent: text }));
      return choice;
    });
    const element = make("div", { className: "npt-control npt-ballot", role: "group", aria: { label: spec.label } },
      make("p", { className: "npt-ballot-question", textContent: spec.label }),
      make("div", { className: "npt-ballot-items" }, ...items.map(item => item.element)));
    return { element, show: value => { answers = value; value.forEach((answer, i) => items[i].show(answer)); } };
  },
};

// ---- references, statements, panels, cards, table -----------------------------------------------------------------------

/** References by id, asked of the kernel once each. */
function library(ask) {
  const known = new Map();
  return async ids => {
    const missing = ids.filter(id => !known.has(id));
    if (missing.length) for (const one of (await ask("references", { ids: missing })).answer) known.set(one.source_id, one);
    return ids.map(id => known.get(id)).filter(Boolean);
  };
}

function referenceItem(reference) {
  const item = make("li", {}, reference.url ? reference.text.slice(0, -reference.url.length) : reference.text);
  if (/^https?:\/\//.test(reference.url))
    item.append(make("a", { href: reference.url, target: "_blank", rel: "noopener noreferrer", textContent: reference.url }));
  item.append(" ", make("span", { className: "npt-quiet", textContent: `(${reference.perspective})` }));
  return item;
}

function confidenceMark(level) {
  if (!level) return null;
  return make("span", { className: "npt-mark" }, `[${level}]`, make("span", { className: "npt-quiet", textContent: ` ${CONFIDENCE[level] ?? ""}` }));
}

function statementPart(statement, numberOf) {
  const who = [statement.speaker, statement.date].filter(Boolean).join(", ");
  const notes = statement.source_ids.map(numberOf).filter(Boolean).map(number => `[${number}]`).join(" ");
  return make("div", { className: "npt-statement" },
    who && make("p", { className: "npt-speaker", textContent: who }),
    make("p", {}, statement.text, notes && make("span", { className: "npt-quiet", textContent: ` ${notes}` })));
}

function panelPart(panel, numberOf = () => "") {
  const column = ({ title, statements }) =>
    make("div", { className: "npt-account" }, make("h6", { textContent: title }), ...statements.map(one => statementPart(one, numberOf)));
  const columns = make("div", { className: "npt-accounts" }, column(panel.left), column(panel.right));
  const swap = make("button", { type: "button", textContent: "Swap sides", onclick: () => columns.append(columns.firstElementChild) });
  return make("section", { className: "npt-panel", aria: { label: panel.title } },
    make("div", { className: "npt-bar" }, make("h5", { textContent: panel.title }), swap), columns,
    panel.after && make("p", { className: "npt-quiet", textContent: panel.after }));
}

function cardPart(card, references, close) {
  const numberOf = id => references.findIndex(one => one.source_id === id) + 1 || "";
  const heading = make("h5", { textContent: card.title, tabIndex: -1 });
  const facts = make("dl", {}, ...card.facts.flatMap(([label, value]) => [make("dt", { textContent: label }), make("dd", { textContent: value })]));
  const element = make("section", { className: "npt-card", aria: { label: card.title }, onkeydown: event => { if (event.key === "Escape") close(); } },
    make("div", { className: "npt-bar" }, heading, make("button", { type: "button", textContent: "Close", onclick: close })),
    make("p", { className: "npt-date" }, card.date, " ", confidenceMark(card.confidence)),
    card.text && make("p", { textContent: card.text }),
    card.facts.length ? facts : null,
    ...card.panels.map(panel => panelPart(panel, numberOf)),
    card.note && make("p", { className: "npt-quiet", textContent: card.note }),
    make("p", { className: "npt-sources-title", textContent: "Sources" }),
    make("ol", { className: "npt-references" }, ...references.map(referenceItem)));
  return { element, heading };
}

function tablePart(table, openCard) {
  const body = table.rows.map((row, i) => {
    const first = make("th", { scope: "row" });
    const key = openCard && table.keys[i];
    first.append(key ? make("button", { type: "button", className: "npt-link", textContent: row[0], onclick: event => openCard(key, event.target) }) : row[0]);
    return make("tr", {}, first, ...row.slice(1).map(cell => make("td", { textContent: cell })));
  });
  return make("table", {}, make("caption", { textContent: table.caption }),
    make("thead", {}, make("tr", {}, ...table.head.map(text => make("th", { scope: "col", textContent: text })))),
    make("tbody", {}, ...body));
}

function download(text, name, type) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** A fold whose content is built when it is open, and rebuilt after each change while it is. */
function fold(className, fill) {
  const summary = make("summary");
  const inside = make("div");
  const element = make("details", { className }, summary, inside);
  const refresh = () => { if (element.open) fill(inside); };
  element.addEventListener("toggle", refresh);
  return { element, summary, refresh };
}

// ---- the scene -----------------------------------------------------------------------------------------------------------

function render({ model, el }) {
  const { ask, stop } = asker(model);
  const find = library(ask);
  let state = JSON.parse(model.get("state"));
  let P = null; // Plotly, once it is there

  const title = make("h4", { textContent: model.get("question"), id: freshId(), tabIndex: -1 });
  const alert = make("p", { className: "npt-alert", role: "alert" });
  const chart = make("div", { className: "npt-chart", aria: { hidden: "true" } });
  chart.style.height = `${model.get("height")}px`;
  const reading = make("p", { className: "npt-reading", role: "status", aria: { live: "polite" } });
  const panels = make("div");
  const cardPlace = make("div");
  const rows = fold("npt-fold", fillRows);
  const sources = fold("npt-fold", fillSources);
  const controls = model.get("controls").map(spec => ({ name: spec.name, ...CONTROLS[spec.kind](spec, value => want(spec.name, value)) }));
  const scene = make("section", { className: "npt-scene", aria: { labelledby: title.id } },
    title,
    controls.length ? make("div", { className: "npt-controls" }, ...controls.map(control => control.element)) : null,
    alert, chart,
    model.get("note") && make("p", { className: "npt-note", textContent: model.get("note") }),
    reading, panels, cardPlace, rows.element, sources.element);
  el.append(scene);

  // -- settings out: at most one question under way, the latest wish next
  let wanted = model.get("settings");
  let waiting = null;

  function want(name, value) {
    wanted = { ...wanted, [name]: value };
    if (!waiting) send();
  }
  function send() {
    if (same(wanted, state.settings)) return;
    scene.setAttribute("aria-busy", "true");
    waiting = setTimeout(() => say("The kernel has not answered yet. If it stays silent, run the cell again, or restart the kernel and run all cells."), WAIT_FOR_KERNEL);
    model.set("settings", wanted);
    model.save_changes();
  }
  function settled() {
    clearTimeout(waiting);
    waiting = null;
    scene.removeAttribute("aria-busy");
  }

  // -- state in
  function receive() {
    const before = state;
    state = JSON.parse(model.get("state"));
    if (waiting) {
      settled();
      if (!same(wanted, state.settings)) send();
    } else wanted = state.settings; // set from Python, or from another view of this scene
    if (!same(before.settings, state.settings) && same(wanted, state.settings)) showControls();
    showState();
    draw();
  }
  const showControls = () => controls.forEach(control => control.show(wanted[control.name]));

  function say(sentence) { alert.textContent = sentence; }
  function problem(sentence) { say(sentence); ask("problem", { text: sentence }).catch(() => {}); }

  function showState() {
    say(state.error);
    scene.classList.toggle("npt-failed", Boolean(state.error));
    if (reading.textContent !== state.reading) reading.textContent = state.reading;
    panels.replaceChildren(...state.panels.map(panel => panelPart(panel)));
    rows.summary.textContent = `Rows behind the chart (${state.table.rows.length})`;
    sources.summary.textContent = `Sources (${state.sources.length})`;
    sources.element.hidden = state.sources.length === 0;
    rows.refresh();
    sources.refresh();
  }

  function fillRows(inside) {
    const button = make("button", { type: "button", textContent: "Download as CSV", onclick: saveCsv });
    const open = model.get("has_cards") ? openCard : null;
    const hint = open && make("p", { className: "npt-quiet", textContent: "Choose a row's first cell to open its card." });
    const table = make("div", { className: "npt-scroll", tabIndex: 0, role: "region", aria: { label: state.table.caption } }, tablePart(state.table, open));
    inside.replaceChildren(...[hint, table, button].filter(Boolean));
  }
  async function fillSources(inside) {
    try {
      const found = await find(state.sources);
      const list = make("ol", { className: "npt-references" }, ...found.map(referenceItem));
      inside.replaceChildren(make("div", { className: "npt-scroll", tabIndex: 0, role: "region", aria: { label: sources.summary.textContent } }, list));
    } catch (failure) { problem(failure.message); }
  }
  async function saveCsv() {
    try { download((await ask("csv")).answer, `${model.get("scene_id")}.csv`, "text/csv;charset=utf-8"); }
    catch (failure) { problem(failure.message); }
  }

  async function openCard(key, from) {
    try {
      const { answer } = await ask("card", { key });
      const references = await find(answer.all_source_ids);
      const close = () => { cardPlace.replaceChildren(); (from?.isConnected ? from : title).focus(); };
      const { element, heading } = cardPart(answer, references, close);
      cardPlace.replaceChildren(element);
      element.scrollIntoView({ block: "nearest" });
      heading.focus({ preventScroll: true });
    } catch (failure) { problem(failure.message); }
  }

  // -- chart
  async function draw() {
    if (!P || !state.figure) return;
    const dark = isDark();
    const look = model.get("look");
    scene.dataset.theme = dark ? "dark" : "light";
    const { data, layout } = dark ? recolour(state.figure, look.swaps) : state.figure;
    const dressed = { uirevision: model.get("scene_id"), ...layout, template: dark ? look.dark : look.light, height: model.get("height"), autosize: true };
    try {
      await P.react(chart, data, dressed, SETTINGS);
      chart.on && !chart.dataset.listens && listen();
    } catch (failure) { problem(`The chart could not be drawn (${failure.message}). The rows below hold the same.`); }
  }
  function listen() {
    chart.dataset.listens = "yes";
    chart.on("plotly_click", event => {
      const key = [event.points[0].customdata].flat()[0];
      if (model.get("has_cards") && key != null) openCard(String(key), null);
    });
  }
  async function start() {
    try {
      P = await plotly(ask);
      await draw();
    } catch (failure) {
      problem(`The chart could not be loaded (${failure.message}). The rows below hold the same.`);
      alert.append(" ", make("button", { type: "button", textContent: "Try again", onclick: () => { say(""); start(); } }));
    }
  }

  // -- life
  const resized = new ResizeObserver(() => { if (P && chart._fullLayout && chart.clientWidth) P.Plots.resize(chart); });
  const themed = new MutationObserver(draw);
  scene.dataset.theme = isDark() ? "dark" : "light";
  showControls();
  showState();
  start();
  resized.observe(chart);
  themed.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
  model.on("change:state", receive);
  return () => {
    settled();
    stop();
    model.off("change:state", receive);
    resized.disconnect();
    themed.disconnect();
    if (P) P.purge(chart);
  };
}

export default { render };
