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
  const aside = make("div", { className: "npt-aside", hidden: true });
  const beside = make("div", { className: "npt-beside" }, chart, aside);
  let view = null; // the part of a map that the reader looks at; null for all of it
  const ranges = rangeKeeper();
  const zoom = model.get("zoom") ? zoomPart(() => chart._fullLayout, part => { view = part; draw(); }) : null;
  const reading = make("p", { className: "npt-reading", role: "status", aria: { live: "polite" } });
  const panels = make("div");
  const brackets = make("p", { className: "npt-quiet npt-brackets", textContent: BRACKETS });
  const cardPlace = make("div");
  const rows = fold("npt-fold", fillRows);
  const sources = fold("npt-fold", fillSources);
  const controls = model.get("controls").map(spec => ({ name: spec.name, ...CONTROLS[spec.kind](spec, value => want(spec.name, value)) }));
  const scene = make("section", { className: "npt-scene", aria: { labelledby: title.id } },
    title,
    controls.length ? make("div", { className: "npt-controls" }, ...controls.map(control => control.element)) : null,
    alert, zoom && zoom.element, beside,
    model.get("note") && make("p", { className: "npt-note", textContent: model.get("note") }),
    reading, panels, brackets, cardPlace, rows.element, sources.element);
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

  /** Many panels fold, so that the page stays short; one that is new opens if it is to be open, or alone. */
  function showPanels(before) {
    if (same(before?.panels, state.panels) && same(before?.sources, state.sources)) return;
    const numberOf = id => state.sources.indexOf(id) + 1 || "";
    const open = new Set([...panels.querySelectorAll("details[open]")].map(one => one.dataset.title));
    const known = new Set(before?.panels.map(panel => panel.title));
    const fresh = state.panels.filter(panel => !known.has(panel.title));
    panels.replaceChildren(...state.panels.map(panel => {
      if (state.panels.length === 1) return panelPart(panel, numberOf);
      const shown = open.has(panel.title) || (panel.open && !known.has(panel.title)) || (fresh.length === 1 && fresh[0] === panel);
      return make("details", { className: "npt-fold", open: shown, data: { title: panel.title } }, make("summary", { textContent: panel.title }), panelPart(panel, numberOf));
    }));
    brackets.hidden = state.panels.length === 0 || state.sources.length === 0;
  }
  function showState(before = null) {
    say(state.error);
    scene.classList.toggle("npt-failed", Boolean(state.error));
    chart.hidden = !hasFigure();
    if (zoom) zoom.element.hidden = chart.hidden;
    aside.hidden = !state.aside;
    aside.replaceChildren(...(state.aside ? asidePart(state.aside) : []));
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
      drawLocator(element, answer.chart);
      element.scrollIntoView({ block: "nearest" });
      heading.focus({ preventScroll: true });
    } catch (failure) { problem(failure.message); }
  }

  /** The small map of a card. It adds nothing that the card's words do not say: if it cannot be drawn, it stays away. */
  async function drawLocator(element, figure) {
    const place = element.querySelector(".npt-locator");
    if (!place) return;
    try { await (await plotly(ask)).newPlot(place, ...dressed(figure, model.get("look"), {}), { ...SETTINGS, staticPlot: true }); }
    catch { place.remove(); }
  }

  // -- chart: the first one came whole, and a state tells what to change in it
  const hasFigure = () => Boolean(state.changes);
  const first = { text: "null", figure: null };
  function figure() {
    const text = model.get("base");
    if (text !== first.text) Object.assign(first, { text, figure: JSON.parse(text) });
    return changed(first.figure, state.changes);
  }
  async function draw() {
    if (!hasFigure()) return;
    if (!P) return start();
    scene.dataset.theme = isDark() ? "dark" : "light";
    const [data, layout] = dressed(figure(), model.get("look"), { height: model.get("height"), uirevision: model.get("scene_id") });
    if (view) Object.assign(layout, { dragmode: "pan", xaxis: { ...layout.xaxis, range: view.x }, yaxis: { ...layout.yaxis, range: view.y } });
    ranges.dress(layout, chart.clientWidth);
    try {
      await P.react(chart, data, layout, SETTINGS);
      if (chart._fullLayout.xaxis) ranges.keep(chart._fullLayout);
      chart.on && !chart.dataset.listens && listen();
      align();
    } catch (failure) { problem(`The chart could not be drawn (${failure.message}). The rows below hold the same.`); }
  }
  const align = () => chart._fullLayout?.xaxis && controls.forEach(control => control.align?.(chart._fullLayout));
  function listen() {
    chart.dataset.listens = "yes";
    chart.on("plotly_relayout", () => { // a map was dragged
      if (view) view = { x: [...chart._fullLayout.xaxis.range], y: [...chart._fullLayout.yaxis.range] };
    });
    chart.on("plotly_click", event => {
      const [point] = event.points;
      const key = [point.customdata ?? point.data?.meta].flat()[0]; // a filled area has no points: its trace holds the key
      if (model.get("has_cards") && key != null) openCard(String(key), null);
    });
  }
  async function start() {
    if (!hasFigure() || starting) return;
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
  const resized = new ResizeObserver(() => {
    if (!P || !chart._fullLayout || !chart.clientWidth) return;
    zoom ? draw() : P.Plots.resize(chart).then(align); // a map's ranges follow its width
  });
  const themed = new MutationObserver(() => draw());
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
