import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { objectKindOf, OBJECTS, type ObjectKind, type ObjectKindName } from '../../temporal/contract/media/objects';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import { audio } from '../audio/audio';
import { runTool } from '../media-tools/run-tool';
import { moderate } from '../moderation/moderate';
import { packageManifests } from '../package/package-manifests';
import { publish } from '../package/publish';
import { probe } from '../probe/probe';
import { split } from '../split/split';
import { subtitles } from '../subtitles/subtitles';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { muxTsPiece } from '../ts/mux-ts-piece';
import { publishTs } from '../ts/publish-ts';
import { thumbnails } from '../thumbnail/thumbnails';
import { transcodeChunk } from '../transcode/transcode-chunk';

jest.setTimeout(120_000);

const s3 = s3OfEnvironment();
let stand: ActivityStand;

beforeAll(async () => {
  stand = await openActivityStand();
});
afterAll(() => {
  s3.destroy();
  return stand.close();
});

/** What the store says of every object below a video's folder. */
async function stored(bucket: 'segments' | 'transcoded', videoId: string) {
  const { buckets } = stand.deps.objects;
  const names = [...(await stand.deps.objects.sizesBelow(bucket, `${videoId}/`)).keys()];
  return Promise.all(
    names.map(async (name) => {
      const head = await s3.send(new HeadObjectCommand({ Bucket: buckets[bucket], Key: `${videoId}/${name}` }));
      return { name, contentType: head.ContentType, cacheControl: head.CacheControl };
    }),
  );
}

it('stores every object of a title as the table of objects says', async () => {
  const [path, srt] = [join(stand.folder, 'source.mp4'), join(stand.folder, 'source.srt')];
  await writeFile(srt, '1\n00:00:01,000 --> 00:00:02,000\nHello\n');
  const inputs = ['-f', 'lavfi', '-i', 'testsrc2=size=426x240:rate=25', '-f', 'lavfi', '-i', 'sine=frequency=440', '-i', srt];
  const codecs = ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-c:s', 'mov_text'];
  await runTool({ tool: stand.deps.tools.ffmpeg, args: ['-v', 'error', ...inputs, '-t', '7', ...codecs, path] });
  const moderation = { mode: 'flag', threshold: 0 } as const;
  const videoId = await stand.addVideo({ encoding: { isStrict: false, families: {}, moderation } }, await readFile(path));
  const run = { videoId, generation: 1 };
  await stand.run(probe, run);
  const ref = { ...run, planSha256: (await stand.run(split, run)).planSha256 };
  await stand.run(transcodeChunk, { ...ref, family: 'h264', chunkIndex: 0, chunkCount: 1 });
  await stand.run(moderate, ref);
  await stand.run(audio, { ...ref, redo: false });
  await stand.run(thumbnails, ref);
  await stand.run(subtitles, ref);
  await stand.run(packageManifests, ref);
  // A publication deletes the manifests of the title that is encoded still.
  const beforePublication = await stored('transcoded', videoId);
  await stand.run(publish, ref);
  await stand.run(muxTsPiece, { ...run, pieceIndex: 0 });
  await stand.run(publishTs, run);

  const objects = [...beforePublication, ...(await stored('transcoded', videoId)), ...(await stored('segments', videoId))];
  const seen = new Set<ObjectKindName | null>();
  for (const { name, contentType, cacheControl } of objects) {
    const kind = objectKindOf(name);
    seen.add(kind);
    const row: ObjectKind | null = kind && OBJECTS[kind];
    expect({ name, contentType, cacheControl }).toEqual({ name, contentType: row?.contentType, cacheControl: row?.cacheControl });
  }
  expect([...seen].sort()).toEqual(Object.keys(OBJECTS).sort());
});
