// One scene: its controls, a Plotly chart, the reading, cards, rows and sources (after page.js).

// ---- the scene -----------------------------------------------------------------------------------------------------------

function render({ model, el }) {
  const { ask, stop } = asker(model);
  const find = library(ask);
  let state = JSON.parse(model.get("state"));
  let P = null; // Plotly, once it is there
  let starting = false;

  const title = make("h3", { textContent: model.get("question"), id: freshId(), tabIndex: -1 });
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
  leaveOnEscape(scene);
  rows.element.open = !model.get("has_chart") && !state.panels.length; // a scene without a chart is its table

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
    showState(before);
    draw();
  }
  const showControls = () => controls.forEach(control => control.show(wanted[control.name]));

  function say(sentence) { alert.textContent = sentence; }
  function problem(sentence) { say(sentence); ask("problem", { text: sentence }).catch(() => {}); }

  /** Many panels fold, so that the page stays short; one that is new, alone, opens. */
  function showPanels(before) {
    if (same(before?.panels, state.panels)) return;
    const open = new Set([...panels.querySelectorAll("details[open]")].map(one => one.dataset.title));
    const known = new Set(before?.panels.map(panel => panel.title));
    const fresh = state.panels.filter(panel => !known.has(panel.title));
    panels.replaceChildren(...state.panels.map(panel => {
      if (state.panels.length === 1) return panelPart(panel);
      const shown = open.has(panel.title) || (fresh.length === 1 && fresh[0] === panel);
      return make("details", { className: "npt-fold", open: shown, data: { title: panel.title } }, make("summary", { textContent: panel.title }), panelPart(panel));
    }));
  }
  function showState(before = null) {
    say(state.error);
    scene.classList.toggle("npt-failed", Boolean(state.error));
    chart.hidden = !state.figure;
    if (reading.textContent !== state.reading) reading.textContent = state.reading;
    showPanels(before);
    rows.summary.textContent = `${model.get("has_chart") ? "Rows behind the chart" : "Rows"} (${state.table.rows.length})`;
    rows.element.hidden = state.table.rows.length === 0 && !state.error; // behind a closed gate there is nothing to open
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
    if (!state.figure) return;
    if (!P) return start();
    const dark = isDark();
    const look = model.get("look");
    scene.dataset.theme = dark ? "dark" : "light";
    const { data, layout } = dark ? recolour(state.figure, look.swaps) : state.figure;
    const dressed = { uirevision: model.get("scene_id"), ...layout, template: dark ? look.dark : look.light, height: model.get("height"), autosize: true };
    try {
      await P.react(chart, data, dressed, SETTINGS);
      chart.on && !chart.dataset.listens && listen();
      align();
    } catch (failure) { problem(`The chart could not be drawn (${failure.message}). The rows below hold the same.`); }
  }
  const align = () => chart._fullLayout?.xaxis && controls.forEach(control => control.align?.(chart._fullLayout));
  function listen() {
    chart.dataset.listens = "yes";
    chart.on("plotly_click", event => {
      const key = [event.points[0].customdata].flat()[0];
      if (model.get("has_cards") && key != null) openCard(String(key), null);
    });
  }
  async function start() {
    if (!state.figure || starting) return;
    starting = true;
    try {
      P = await plotly(ask);
      starting = false;
      await draw();
    } catch (failure) {
      starting = false;
      problem(`The chart could not be loaded (${failure.message}). The rows below hold the same.`);
      alert.append(" ", make("button", { type: "button", textContent: "Try again", onclick: () => { say(""); start(); } }));
    }
  }

  // -- life
  const resized = new ResizeObserver(() => { if (P && chart._fullLayout && chart.clientWidth) P.Plots.resize(chart).then(align); });
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
