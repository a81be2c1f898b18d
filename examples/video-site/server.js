/** A small video site: visitors upload and watch, and sprocket tells it by webhook when a video is ready. */
import { join } from 'node:path';
import { ProblemError, SprocketClient } from '@sprocket/client';
import express from 'express';
import { passOn } from './pass-on.js';
import { takeEvent } from './take-event.js';

const { SPROCKET_URL: url, SPROCKET_API_KEY: apiKey, WEBHOOK_SECRET: webhookSecret, PORT: port = '3000' } = process.env;
if (!url || !apiKey || !webhookSecret) {
  console.error('Set SPROCKET_URL, SPROCKET_API_KEY (scopes videos:read and videos:write) and WEBHOOK_SECRET (whsec_...).');
  process.exit(1);
}

const client = new SprocketClient({ url, apiKey });
/** In place of a database: title of each video and, once it is ready, its address, by its id. */
const videos = new Map();

const site = express();

/** The site opens uploads itself, so it decides what is encoded, and learns the id before any byte is sent. */
site.post('/videos', express.json(), async (request, response) => {
  const { name, size, type } = request.body;
  const { video_id: id } = await client.createUpload({ filename: name, file_size_bytes: size, content_type: type, title: name });
  videos.set(id, { title: name });
  response.status(201).json({ id });
});

site.get('/videos/:id', refuseUnknown, (request, response) => {
  response.json(videos.get(request.params.id));
});

/** What the client in a page calls to send parts and to follow. The bytes themselves go from the browser to storage. */
site.all(
  /^\/api\/v1\/videos\/(?<id>\w+)\/(upload|upload\/parts|upload\/complete|events)$/,
  refuseUnknown,
  express.raw({ type: '*/*' }),
  passOn(url, apiKey),
);

site.post(
  '/webhooks',
  express.raw({ type: '*/*' }),
  takeEvent(webhookSecret, async ({ type, data: { video_id: id } }) => {
    if (type === 'video.ready') videos.set(id, { ...videos.get(id), hlsUrl: (await client.manifest(id)).hls_url });
    console.log(type, id);
  }),
);

site.use(express.static(join(import.meta.dirname, 'public')));

/** A refusal of sprocket has a sentence for the visitor, such as that the file is too large. */
site.use((error, _request, response, next) => {
  if (error instanceof ProblemError) response.status(error.status).json({ detail: error.message });
  else next(error);
});

/** A site with accounts asks here whether the video belongs to the visitor. */
function refuseUnknown(request, response, next) {
  if (videos.has(request.params.id)) next();
  else response.status(404).json({ detail: 'This site has no such video.' });
}

const server = site.listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
