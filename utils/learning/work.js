// My work: progress, reminders, downloads, and bringing a download back (after page.js).

function render({ model, el }) {
  const { ask, stop } = asker(model);
  const title = make("h3", { textContent: "My work", id: freshId() });
  const reminders = make("div");
  const progress = make("p", { className: "npt-reading", role: "status", aria: { live: "polite" } });
  const where = make("p", { className: "npt-quiet" });
  const said = make("p", { className: "npt-said", role: "status", aria: { live: "polite" } });
  const show = () => {
    progress.textContent = model.get("progress");
    where.textContent = model.get("where");
    reminders.replaceChildren(...model.get("reminders").map(text => make("p", { className: "npt-warning", textContent: text })));
  };
  const day = () => new Date().toISOString().slice(0, 10);
  const get = (what, name, type, told) => async () => {
    try {
      download((await ask(what)).answer, name(), type);
      said.textContent = told;
    } catch (failure) { said.textContent = `This did not work. ${failure.message}`; }
  };
  const html = make("button", { type: "button", className: "npt-main", textContent: "Download my work (HTML page)",
    onclick: get("page", () => `my-work-${day()}.html`, "text/html;charset=utf-8", "The page is in your browser's downloads. Open it to read or print; it needs no network.") });
  const json = make("button", { type: "button", textContent: "Download my work (JSON)",
    onclick: get("json", () => `my-work-${day()}.json`, "application/json", "The file is in your browser's downloads. Keep it: with it you can go on at another machine.") });
  const id = freshId();
  const file = make("input", { id, type: "file", accept: ".json,application/json", onchange: async () => {
    if (!file.files.length) return;
    try {
      const { answer: count } = await ask("bring back", { text: await file.files[0].text() });
      said.textContent = count ? `${count} ${count === 1 ? "entry is" : "entries are"} back. Run all cells again to see them in their places.` : "All of this was here already.";
    } catch (failure) { said.textContent = failure.message; }
    file.value = "";
  } });
  const back = make("details", { className: "npt-fold" }, make("summary", { textContent: "Go on from another machine" }),
    make("p", {}, make("label", { htmlFor: id, textContent: "Bring back a download (JSON)" }), make("br"), file));
  const scene = make("section", { className: "npt-scene npt-work", aria: { labelledby: title.id } },
    title, reminders, progress, make("div", { className: "npt-buttons" }, html, json), said, where, back);
  const dress = () => { scene.dataset.theme = isDark() ? "dark" : "light"; };
  const themed = new MutationObserver(dress);
  dress();
  show();
  leaveOnEscape(scene);
  el.append(scene);
  ["progress", "where", "reminders"].forEach(name => model.on(`change:${name}`, show));
  themed.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
  ask("refresh").catch(() => {}); // another notebook may have written since the cell was run
  return () => { stop(); themed.disconnect(); ["progress", "where", "reminders"].forEach(name => model.off(`change:${name}`, show)); };
}

export default { render };
