// What all our widgets share: small helpers, questions to the kernel, controls, and the parts that texts are laid out
// in. Python puts this file before a widget's own (`page.py`), for a widget is one module. The kernel computes; the
// page only shows. Text from data enters the page as text (`textContent`), never as HTML.

const SHARED = "__nine_points_plotly__"; // every widget has its own copy of this module: share plotly.js on globalThis
// No tool bar: its buttons take JupyterLab's shortcuts, stand where screen readers cannot see them, and one uploads.
const SETTINGS = { displayModeBar: false, displaylogo: false, responsive: false, scrollZoom: false, doubleClick: false };
const WAIT_FOR_KERNEL = 8000; // ms after which a silent kernel is worth a sentence
const CONFIDENCE = { two: "core fact seen in two pages or more", one: "core fact seen in one page, or in pages of one side only",
                     memory: "no page found: general knowledge" };
const BRACKETS = "Numbers in brackets are the sources listed below.";

// ---- small helpers ---------------------------------------------------------------------------------------------

const TAKES_KEYS = new Set(["input", "select", "textarea", "button", "summary", "a"]);

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

/** Escape leaves a widget for the notebook's own keys, so that Tab need not walk through all of it. */
function leaveOnEscape(element) {
  element.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const cell = element.closest(".jp-Cell");
    if (cell) { cell.tabIndex = cell.tabIndex < 0 ? -1 : cell.tabIndex; cell.focus(); }
  });
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

/** The same value with every light colour replaced by its dark twin; what holds none is shared, so that Plotly need not
 *  look at it again. */
function recolour(value, swaps) {
  if (typeof value === "string") return swaps[value] ?? value;
  if (!value || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    const dyed = value.map(one => recolour(one, swaps));
    return dyed.some((one, i) => one !== value[i]) ? dyed : value;
  }
  const dyed = Object.entries(value).map(([name, one]) => [name, recolour(one, swaps)]);
  return dyed.some(([name, one]) => one !== value[name]) ? Object.fromEntries(dyed) : value;
}

/** What a change makes of a plain value, as `charts.changed` in Python; what is not changed is shared. */
function changed(old, change) {
  if ("new" in change) return change.new;
  if (change.keys) {
    const made = Object.fromEntries(Object.entries(old).filter(([name]) => !change.gone?.includes(name)));
    for (const [name, one] of Object.entries(change.keys)) made[name] = changed(made[name], one);
    return made;
  }
  if (change.items) {
    const made = Array.from({ length: change.length }, (_, place) => old[place]);
    for (const [place, one] of Object.entries(change.items)) made[place] = changed(made[place], one);
    return made;
  }
  return old;
}

/** A figure as Plotly takes it, dressed in the page's theme; Plotly writes into what it gets, so it gets copies. */
function dressed(figure, look, layout) {
  const dark = isDark();
  const { data, layout: own } = dark ? recolour(figure, look.swaps) : figure;
  const dress = { ...structuredClone(own), ...layout, template: dark ? look.dark : look.light, autosize: true };
  return [data.map(trace => ({ ...trace })), dress];
}

/** Plotly widens the ranges of a map to fill its place, and computes all anew when the next state asks for the narrower
 *  ones again: so it gets back what it made of the same ranges at the same width. */
function rangeKeeper() {
  let asked = "", made = null;
  return {
    dress(layout, width) {
      if (!layout.yaxis?.scaleanchor) return;
      const now = JSON.stringify([width, layout.xaxis.range, layout.yaxis.range]);
      if (now !== asked) { asked = now; made = null; }
      if (made) { layout.xaxis.range = [...made.x]; layout.yaxis.range = [...made.y]; }
    },
    keep({ xaxis, yaxis }) { made ??= { x: [...xaxis.range], y: [...yaxis.range] }; },
  };
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
    /** Put each handle over its place on the chart's axis. */
    const align = ({ xaxis }) => handles.forEach((handle, i) => {
      handle.element.style.left = `${xaxis._offset + xaxis.d2p(Number(spec.at[i]))}px`;
    });
    return { element, align, show: values => values.forEach((value, i) => handles[i].show(value)) };
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
    return { element, items, show: value => { answers = value; value.forEach((answer, i) => items[i].show(answer)); } };
  },

  pick: (spec, change) => {
    const { element, show } = radios(spec, spec.options, change);
    element.classList.add("npt-lines");
    return { element, show };
  },

  match(spec, change) {
    let partners = spec.items.map(() => "");
    const options = [["", "choose"], ...spec.options];
    const items = spec.items.map(([, text], i) => dropdown({ label: text, options }, value => {
      partners = partners.map((old, j) => (j === i ? value : old));
      change(partners);
    }));
    const element = make("div", { className: "npt-control npt-match", role: "group", aria: { label: spec.label } },
      make("p", { className: "npt-ballot-question", textContent: spec.label }), ...items.map(item => item.element));
    return { element, show: value => { partners = value; value.forEach((partner, i) => items[i].show(partner)); } };
  },

  order(spec, change) {
    const said = make("p", { className: "npt-quiet npt-said", role: "status" });
    const list = make("ol", { className: "npt-order", aria: { label: spec.label } });
    const texts = new Map(spec.items);
    let order = [], out = [];
    const parts = new Map(spec.items.map(([id, text]) => {
      const button = (sign, word, by) => make("button", { type: "button", textContent: sign, aria: { label: `Move ${word}: ${text}` }, onclick: event => { move(id, by); event.currentTarget.focus(); } });
      const [up, down] = [button("↑", "up", -1), button("↓", "down", 1)];
      const leave = spec.spare && make("button", { type: "button", className: "npt-leave", onclick: event => { toggle(id); event.currentTarget.focus(); } });
      const element = make("li", {}, make("div", { className: "npt-strip" },
        make("span", { className: "npt-buttons" }, up, down, leave || null), make("span", { className: "npt-text", textContent: text })));
      return [id, { element, up, down, leave }];
    }));
    const move = (id, by) => {
      const from = order.indexOf(id), to = from + by;
      if (from < 0 || to < 0 || to >= order.length) return;
      order.splice(to, 0, order.splice(from, 1)[0]);
      arrange();
      said.textContent = `Now in place ${to + 1} of ${order.length}: ${texts.get(id)}`;
      change([...order]);
    };
    const toggle = id => {
      const taken = order.includes(id);
      if (taken) { order = order.filter(one => one !== id); out.push(id); } else { out = out.filter(one => one !== id); order.push(id); }
      arrange();
      said.textContent = taken ? `Left out: ${texts.get(id)}` : `Back in place ${order.length}: ${texts.get(id)}`;
      change([...order]);
    };
    function arrange() { // moves what is there, so that the focus stays on its button
      const focus = document.activeElement;
      [...order, ...out].forEach((id, i) => {
        const { element, up, down, leave } = parts.get(id);
        if (list.children[i] !== element) list.insertBefore(element, list.children[i] ?? null);
        const taken = order.includes(id);
        element.classList.toggle("npt-out", !taken);
        up.setAttribute("aria-disabled", !taken || i === 0);
        down.setAttribute("aria-disabled", !taken || i === order.length - 1);
        if (leave) { leave.textContent = taken ? "leave out" : "take in"; leave.setAttribute("aria-label", `${taken ? "Leave out" : "Take in"}: ${texts.get(id)}`); }
      });
      if (list.contains(focus)) focus.focus();
    }
    const element = make("div", { className: "npt-control npt-wide" }, make("p", { className: "npt-ballot-question", textContent: spec.label }), list, said);
    return { element, show: value => { order = [...value]; out = [...texts.keys()].filter(id => !order.includes(id)); arrange(); } };
  },

  entry(spec, change) {
    const id = freshId();
    const input = make("input", { id, type: "text", maxLength: spec.longest, autocomplete: "off", spellcheck: false, oninput: () => change(input.value) });
    if (spec.numeric) input.inputMode = "decimal";
    const element = make("div", { className: "npt-control npt-entry" }, make("label", { htmlFor: id, textContent: spec.label }),
      make("span", {}, input, spec.unit ? ` ${spec.unit}` : ""));
    return { element, input, show: value => { input.value = value; } };
  },

  writing(spec, change) {
    const id = freshId();
    const words = make("span", { className: "npt-quiet" });
    const area = make("textarea", { id, rows: spec.words > 60 ? 9 : 3, maxLength: spec.longest, oninput: () => { tell(); change(area.value); } });
    const tell = () => {
      const count = area.value.split(/\s+/).filter(Boolean).length;
      words.textContent = `${count} ${count === 1 ? "word" : "words"} of about ${spec.words}`;
    };
    // JupyterLab refuses line breaks anywhere in a cell, by a listener that each key adds to the focused element: be first.
    area.addEventListener("beforeinput", event => { if (event.inputType === "insertLineBreak") event.stopImmediatePropagation(); });
    const element = make("div", { className: "npt-control npt-wide" }, make("label", { htmlFor: id, textContent: spec.label }), area, words);
    return { element, input: area, show: value => { area.value = value; tell(); } };
  },

  estimates(spec, change) {
    let values = spec.items.map(() => null);
    const tell = () => change([...values]);
    const items = spec.items.map(([, text], i) => {
      const unsure = make("input", { type: "checkbox", onchange: () => { values[i] = unsure.checked ? null : Number(bar.input.value); write(); tell(); } });
      const bar = slider({ label: text, min: spec.first, max: spec.last, step: spec.step, unit: spec.unit }, value => { values[i] = value; write(); tell(); });
      const write = () => {
        unsure.checked = values[i] === null;
        bar.element.classList.toggle("npt-unset", values[i] === null);
        const output = bar.element.querySelector("output");
        if (values[i] !== null) return bar.show(values[i]);
        output.textContent = "";
        bar.input.setAttribute("aria-valuetext", "I don't know");
      };
      const show = value => { values[i] = value; bar.show(value ?? Math.round((spec.first + spec.last) / 2)); write(); };
      const element = make("div", { className: "npt-estimate" }, bar.element,
        make("label", { className: "npt-option" }, unsure, make("span", { textContent: "I don't know" })));
      return { element, show };
    });
    const element = make("fieldset", { className: "npt-control npt-wide" }, make("legend", { textContent: spec.label }), ...items.map(item => item.element));
    return { element, show: given => given.forEach((value, i) => items[i].show(value)) };
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
    make("div", { className: "npt-account" }, make("h5", { textContent: title }), ...statements.map(one => statementPart(one, numberOf)));
  const columns = make("div", { className: "npt-accounts" }, column(panel.left), column(panel.right));
  const swap = make("button", { type: "button", textContent: "Swap columns", onclick: () => columns.append(columns.firstElementChild) });
  return make("section", { className: "npt-panel", aria: { label: panel.title } },
    make("div", { className: "npt-bar" }, make("h4", { textContent: panel.title }), swap), columns,
    panel.below && make("div", { className: "npt-below" }, column(panel.below)),
    panel.after && make("p", { className: "npt-quiet", textContent: panel.after }));
}

function cardPart(card, references, close) {
  const numberOf = id => references.findIndex(one => one.source_id === id) + 1 || "";
  const heading = make("h4", { textContent: card.title, tabIndex: -1 });
  const facts = make("dl", {}, ...card.facts.flatMap(([label, value]) => [make("dt", { textContent: label }), make("dd", { textContent: value })]));
  const element = make("section", { className: "npt-card", aria: { label: card.title }, onkeydown: event => { if (event.key === "Escape") { event.preventDefault(); close(); } } },
    make("div", { className: "npt-bar" }, heading, make("button", { type: "button", textContent: "Close", onclick: close })),
    make("p", { className: "npt-date" }, card.date, " ", confidenceMark(card.confidence)),
    card.chart && make("div", { className: "npt-locator", aria: { hidden: "true" } }),
    card.text && make("p", { textContent: card.text }),
    card.facts.length ? facts : null,
    ...card.panels.map(panel => panelPart(panel, numberOf)),
    card.panels.length ? make("p", { className: "npt-quiet", textContent: BRACKETS }) : null,
    card.note && make("p", { className: "npt-quiet", textContent: card.note }),
    make("p", { className: "npt-sources-title", textContent: "Sources" }),
    make("ol", { className: "npt-references" }, ...references.map(referenceItem)));
  return { element, heading };
}

function asidePart(aside) {
  const items = aside.items.map(text => make("li", { textContent: text }));
  return [make("h4", { textContent: aside.title }), items.length ? make("ul", {}, ...items) : make("p", { textContent: aside.empty })];
}

/** Buttons to look closer at a chart: zoom in and out, all of it; the arrow keys move it. `show(ranges)` takes the
 *  ranges of both axes, or null for the whole. */
function zoomPart(ranges, show) {
  let whole = null, level = 0;
  const said = make("span", { className: "npt-quiet", role: "status" });
  const at = () => { const { xaxis, yaxis } = ranges(); return { x: [...xaxis.range], y: [...yaxis.range] }; };
  const scaled = ([low, high], by) => { const middle = (low + high) / 2, half = (high - low) / 2 * by; return [middle - half, middle + half]; };
  const tell = () => {
    out.setAttribute("aria-disabled", level === 0);
    all.setAttribute("aria-disabled", level === 0);
    inward.setAttribute("aria-disabled", level === 4);
    said.textContent = level ? "Drag the map, or press the arrow keys here, to move it." : "";
  };
  const step = by => {
    const next = Math.min(4, Math.max(0, level + by));
    if (next === level) return;
    const now = at();
    whole ??= now;
    level = next;
    show(level ? { x: scaled(now.x, by > 0 ? 1 / 1.6 : 1.6), y: scaled(now.y, by > 0 ? 1 / 1.6 : 1.6) } : null);
    if (!level) whole = null;
    tell();
  };
  const reset = () => { if (level) { level = 0; whole = null; show(null); tell(); } };
  const move = (dx, dy) => {
    const now = at(), by = ([low, high], part) => [low, high].map(end => end + (high - low) * part);
    show({ x: by(now.x, dx), y: by(now.y, dy) });
  };
  const inward = make("button", { type: "button", textContent: "Zoom in", onclick: () => step(1) });
  const out = make("button", { type: "button", textContent: "Zoom out", onclick: () => step(-1) });
  const all = make("button", { type: "button", textContent: "Whole map", onclick: reset });
  const ARROWS = { ArrowLeft: [-0.2, 0], ArrowRight: [0.2, 0], ArrowUp: [0, 0.2], ArrowDown: [0, -0.2] };
  const element = make("div", { className: "npt-buttons npt-zoom", role: "group", aria: { label: "Look closer at the map" } }, inward, out, all, said);
  element.addEventListener("keydown", event => {
    if (!level || !ARROWS[event.key]) return;
    event.preventDefault();
    move(...ARROWS[event.key]);
  });
  tell();
  return { element };
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
