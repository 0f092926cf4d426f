import type { Browser } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { describeJourney } from "./journey.ts";
import { openSystem, type System } from "./system.ts";

describe("in a browser", function () {
  this.timeout(120_000);
  let browser: Browser;
  let system: System;
  const ends: (() => Promise<unknown>)[] = [];

  before(async function () {
    // Chromium may have to be installed first.
    this.timeout(600_000);
    browser = await launchChromium();
    ends.unshift(() => browser.close());
    system = await openSystem();
    ends.unshift(() => system.stop());
  });
  after(async () => {
    for (const end of ends) await end();
  });

  const surroundings = () => ({ browser, url: system.url });
  describeJourney({ name: "desktop", width: 1280, height: 800 }, surroundings);
  describeJourney({ name: "phone", width: 390, height: 780 }, surroundings);
});
