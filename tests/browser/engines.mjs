// One browser engine, driven by lines of JSON: a command [name, given] in, an answer {value} or {error} out.
// Use: node engines.mjs chromium|firefox PROGRAM [ARGUMENT ...], or node engines.mjs webkit DRIVER PROGRAM
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';
import { Builder, Key } from 'selenium-webdriver';
import input from 'selenium-webdriver/lib/input.js';

const STEPS = 6;
const between = ([x, y], [toX, toY], step) => [x + ((toX - x) * step) / STEPS, y + ((toY - y) * step) / STEPS];

// Chromium by its own protocol, Firefox by WebDriver BiDi.
async function withPuppeteer(browser, executablePath, args) {
  const program = await puppeteer.launch({ browser, executablePath, args, headless: true });
  const page = await program.newPage();
  return {
    async open({ address, width, height }) {
      await page.setViewport({ width, height });
      await page.goto(address);
    },
    run: ({ script, given }) => page.evaluate((text, one) => new Function('given', text)(one), script, given),
    press: ({ key }) => page.keyboard.press(key),
    async drag({ from, to, finger }) {
      if (finger) {
        const touch = await page.touchscreen.touchStart(...from);
        for (let step = 1; step <= STEPS; step++) await touch.move(...between(from, to, step));
        await touch.end();
      } else {
        await page.mouse.move(...from);
        await page.mouse.down();
        await page.mouse.move(...to, { steps: STEPS });
        await page.mouse.up();
      }
    },
    close: () => program.close(),
  };
}

const freePort = () =>
  new Promise(found => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });

// "ArrowRight" is ARROW_RIGHT there; a letter is itself.
const keyOf = name => (name.length === 1 ? name : Key[name.replace(/(?<=[a-z])(?=[A-Z])/, '_').toUpperCase()]);

// WebKitGTK by WebDriver.
async function withWebDriver(driverPath, binary) {
  const port = await freePort();
  const program = spawn(driverPath, [`--port=${port}`], { stdio: 'ignore' });
  process.on('exit', () => program.kill());
  const driver = await new Builder()
    .disableEnvironmentOverrides()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation'] } })
    .build();
  return {
    async open({ address, width, height }) {
      await driver.manage().window().setRect({ x: 0, y: 0, width, height });
      await driver.get(address);
    },
    run: ({ script, given }) => driver.executeScript(`const given = arguments[0];${script}`, given),
    press: ({ key }) => driver.actions().sendKeys(keyOf(key)).perform(),
    async drag({ from, to, finger }) {
      const { Button, Origin, Pointer } = input;
      const pointer = finger ? new Pointer('finger', Pointer.Type.TOUCH) : new Pointer('mouse', Pointer.Type.MOUSE);
      const at = ([x, y]) => ({ x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT, duration: 20 });
      const actions = driver.actions().insert(pointer, pointer.move(at(from)), pointer.press(Button.LEFT));
      for (let step = 1; step <= STEPS; step++) actions.insert(pointer, pointer.move(at(between(from, to, step))));
      await actions.insert(pointer, pointer.release(Button.LEFT)).perform();
    },
    close: () => driver.quit(),
  };
}

const [engine, path, ...args] = process.argv.slice(2);
const drive =
  engine === 'webkit'
    ? await withWebDriver(path, ...args)
    : await withPuppeteer(engine === 'firefox' ? engine : 'chrome', path, args);
for await (const line of createInterface({ input: process.stdin })) {
  const [name, given] = JSON.parse(line);
  const answer = await drive[name](given).then(
    value => ({ value: value ?? null }),
    error => ({ error: String(error) }),
  );
  console.log(JSON.stringify(answer));
}
await drive.close();
process.exit();
