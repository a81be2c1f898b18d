import { blobSource, ProblemError, SprocketClient, uploadFile } from '@sprocket/client';

const client = new SprocketClient({ url: location.origin });
const [input, button, bar, state] = ['file', 'pause', 'bar', 'state'].map((id) => document.getElementById(id));
let pause;

input.onchange = () => start(input.files[0]);
button.onclick = () => (pause.signal.aborted ? start(input.files[0]) : pause.abort());

async function start(file) {
  pause = new AbortController();
  show('Uploading ...', 'Pause');
  try {
    const id = await send(file);
    location.assign(`watch.html?id=${id}`);
  } catch (error) {
    if (!pause.signal.aborted) pause.abort();
    show(error.name === 'AbortError' ? 'Paused.' : error.message, 'Go on');
  }
}

/** Uploads, or goes on where an upload of the same file stopped, also after a reload of the page. Resolves to the id of the video. */
async function send(file) {
  // A page cannot keep a file, so the visitor chooses it again; these three tell that it is the same.
  const key = `upload ${file.name} ${file.size} ${file.lastModified}`;
  const begun = localStorage.getItem(key);
  const resume = begun ?? (await open(file));
  localStorage.setItem(key, resume);
  try {
    await uploadFile(client, blobSource(file), {}, { resume, onProgress: showProgress, signal: pause.signal });
  } catch (error) {
    // 404, 409: that upload was given up in the meantime.
    if (!begun || !(error instanceof ProblemError)) throw error;
    localStorage.removeItem(key);
    return send(file);
  }
  localStorage.removeItem(key);
  return resume;
}

/** The site opens the upload. Rejects with its sentence when the file is refused. */
async function open({ name, size, type }) {
  const body = JSON.stringify({ name, size, type });
  const answer = await fetch('videos', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { id, detail } = await answer.json();
  if (!answer.ok) throw new Error(detail);
  return id;
}

function showProgress(sent, total) {
  bar.value = sent / total;
  state.textContent = `Uploading ... ${Math.floor((100 * sent) / total)}%`;
}

function show(text, action) {
  state.textContent = text;
  button.textContent = action;
  bar.hidden = button.hidden = false;
}
