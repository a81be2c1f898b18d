import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { projectRoot } from '../../../infra/stack/setup/project-root';

/** What a page did that a visitor, or an operator without the internet, would complain about. */
export interface PageRecord {
  consoleErrors: string[];
  /** Requests that leave this machine. */
  foreignRequests: string[];
  /** Requests that failed. Those that a player aborted itself do not count: it loads ahead and changes its mind. */
  badAnswers: string[];
}

/** Starts headless Chromium. The caller closes it. Throws when the runner did not name one. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'];
  if (!executablePath) throw new Error('CHROMIUM_PATH is not set: the test runner names every tool');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--autoplay-policy=no-user-gesture-required'];
  return chromium.launch({ executablePath, args });
}

/** Records what happens on a page from now on. */
export function recordPage(page: Page): PageRecord {
  const record: PageRecord = { consoleErrors: [], foreignRequests: [], badAnswers: [] };
  page.on('console', (message) => {
    if (message.type() === 'error') record.consoleErrors.push(message.text());
  });
  page.on('pageerror', (error) => record.consoleErrors.push(error.message));
  page.on('request', (request) => {
    if (!staysHere(new URL(request.url()))) record.foreignRequests.push(request.url());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) record.badAnswers.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') record.badAnswers.push(`${reason} ${request.url()}`);
  });
  return record;
}

/** Keeps a picture of the page for people, below the folder that git ignores. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = join(projectRoot(), '.sprocket', 'screenshots');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

function staysHere(url: URL): boolean {
  return ['data:', 'blob:'].includes(url.protocol) || url.hostname === '127.0.0.1';
}
