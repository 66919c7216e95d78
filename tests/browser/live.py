"""A live notebook as the tests drive it: the site under a project path, and what JupyterLite's page lets one do."""

PREFIX = "/a-project/"
HEARTBEAT = "/api/service-worker-heartbeat"  # answered by JupyterLite's service worker, wherever the site lies
CONFIG = "live/lab/jupyter-lite.json"
READY = "() => window.jupyterapp?.shell?.currentWidget?.sessionContext"
MINUTES = 10 * 60 * 1000

STARTED = """() => {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("the kernel did not start in 4 minutes")), 240000));
  const start = async () => {
    const notebook = jupyterapp.shell.currentWidget;
    await notebook.context.ready;
    await notebook.sessionContext.ready;
    await notebook.sessionContext.session.kernel.info;
  };
  return Promise.race([start(), late]);
}"""

# Runs each text in the kernel; returns for each {error, text}: what it raised and what it printed or showed.
EXECUTE = """async (sources) => {
  const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const answers = [];
  for (const code of sources) {
    const answer = { error: null, text: "" };
    const future = kernel.requestExecute({ code, stop_on_error: false });
    future.onIOPub = ({ header, content }) => {
      if (header.msg_type === "error") answer.error = `${content.ename}: ${content.evalue}`;
      if (header.msg_type === "stream") answer.text += content.text;
      if (content.data?.["text/plain"]) answer.text += content.data["text/plain"];
    };
    const reply = await future.done;
    if (reply.content.status !== "ok" && !answer.error) answer.error = JSON.stringify(reply.content).slice(0, 500);
    answers.push(answer);
  }
  return answers;
}"""

# All code cells of the open notebook: {source, count, error, text}.
CELLS = """() => jupyterapp.shell.currentWidget.content.model.sharedModel.toJSON().cells
  .filter((cell) => cell.cell_type === "code")
  .map((cell) => ({
    source: [].concat(cell.source).join(""),
    count: cell.execution_count,
    error: cell.outputs.filter((one) => one.output_type === "error").map((one) => `${one.ename}: ${one.evalue}`)[0] ?? null,
    text: cell.outputs.map((one) => [].concat(one.text ?? one.data?.["text/html"] ?? one.data?.["text/plain"] ?? "").join("")).join(""),
  }))"""

# Gives the first code cell that contains `before` the text with `after` in its place, and runs it.
EDIT = """async ([before, after]) => {
  const notebook = jupyterapp.shell.currentWidget.content;
  const place = [...notebook.model.cells].findIndex((cell) => cell.type === "code" && cell.sharedModel.source.includes(before));
  notebook.activeCellIndex = place;
  const cell = notebook.model.cells.get(place).sharedModel;
  cell.setSource(cell.source.replace(before, after));
  await jupyterapp.commands.execute("notebook:run-cell");
}"""


class Live:
    """A browser profile on the site, with everything it asked for."""

    def __init__(self, browser, address):
        self.address = address
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        self.context.set_default_timeout(MINUTES)
        self.asked, self.faults = [], []
        self.context.on("weberror", lambda found: self.faults.append(f"script: {found.error}"))
        self.context.on("request", lambda request: self._note(request.url))
        self.context.on(
            "response",
            lambda response: response.status >= 400 and self.faults.append(f"{response.status}: {response.url}"),
        )

    def _note(self, url):
        self.asked.append(url)
        if url == self.address.removesuffix(PREFIX) + HEARTBEAT:
            return
        if not url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"foreign: {url}")

    def open(self, name):
        """Opens the notebook of a chapter and waits until its kernel answers."""
        page = self.context.new_page()
        page.goto(f"{self.address}live/lab/notebooks/index.html?path={name}.ipynb")
        return self.started(page)

    def started(self, page):
        page.wait_for_function(READY)
        page.evaluate(STARTED)
        return page
