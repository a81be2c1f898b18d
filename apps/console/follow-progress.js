import { addressOf } from './address.js';

const POLL_INTERVAL_MS = 2000;
/** A proxy that holds events back shows as silence; then the page asks by itself. */
const SILENCE_MS = 6000;

/** Calls `show` with every change and resolves when `isLast` says so. Listens to events, and polls where they do not come through. */
export function followProgress(show, isLast) {
  return new Promise((resolve) => {
    const events = new EventSource(addressOf('events'));
    let timer = setTimeout(poll, SILENCE_MS);

    function take(progress) {
      show(progress);
      if (!isLast(progress)) return false;
      clearTimeout(timer);
      events.close();
      resolve();
      return true;
    }

    async function poll() {
      const response = await fetch(addressOf('info')).catch(() => null);
      const info = response?.ok ? await response.json() : null;
      if (info && take(info.progress)) return;
      timer = setTimeout(poll, POLL_INTERVAL_MS);
    }

    events.onmessage = (event) => {
      clearTimeout(timer);
      if (!take(JSON.parse(event.data))) timer = setTimeout(poll, SILENCE_MS);
    };
  });
}
