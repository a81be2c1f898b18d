import { SprocketClient, watchVideo } from '@sprocket/client';
import Hls from 'hls.js';

const POLL_MS = 500;
const client = new SprocketClient({ url: location.origin });
const id = new URLSearchParams(location.search).get('id');
const [title, video, state] = ['title', 'video', 'state'].map((name) => document.getElementById(name));

try {
  document.title = title.textContent = (await fromSite()).title;
  let last;
  for await (last of watchVideo(client, id)) state.textContent = `Processing ... ${last.percent}%`;
  if (last.status !== 'ready') throw new Error(last.error?.message ?? `This video is ${last.status}.`);
  play(await published());
} catch (error) {
  state.textContent = error.message;
}

/** The end of the processing and the webhook that tells the site of it are moments apart. */
async function published() {
  for (;;) {
    const { hlsUrl } = await fromSite();
    if (hlsUrl) return hlsUrl;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function fromSite() {
  const answer = await fetch(`videos/${id}`);
  const { detail, ...known } = await answer.json();
  if (!answer.ok) throw new Error(detail);
  return known;
}

function play(url) {
  state.textContent = '';
  video.hidden = false;
  if (Hls.isSupported()) {
    const player = new Hls();
    player.loadSource(url);
    player.attachMedia(video);
  } else {
    // iPhones play HLS by themselves.
    video.src = url;
  }
}
