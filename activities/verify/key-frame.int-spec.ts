import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChunkPlan } from '../../temporal/contract/media/plan';
import type { RenditionReport, SegmentReport } from '../../temporal/contract/media/reports';
import { H264 } from '../../workflows/planning/families/h264';
import { iframePlaylist } from '../../workflows/planning/manifests/hls';
import { readKeyFrame } from '../../workflows/planning/quality/key-frame';
import { makeBarcodeSource } from '../test-media/make-source';
import { chunkFolder, planSource, runChunk } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';
import { parseMedia } from './parse-manifests';

const NAL_TYPE = 0x1f;
const IDR = 5;
const OTHER_SLICE = 1;

it('finds an IDR picture at the ranges of an I-frame playlist, and nowhere else', async () => {
  const tools = toolPaths();
  const folder = await mkdtemp(join(tmpdir(), 'key-frame-'));
  try {
    const rate = { frameRate: { num: 25, den: 1 }, frameCount: 200, audioDelaySeconds: null };
    const sourcePath = await makeBarcodeSource({ ffmpeg: tools.ffmpeg, folder, name: 'source.mp4', ...rate });
    const run = { tools, sourcePath, folder, transcodeSlots: 1 };
    const plan = await planSource(run);
    const { renditions } = await runChunk(run, plan, plan.chunks[0] as ChunkPlan);
    const rendition = renditions.at(-1) as RenditionReport;
    const listed = parseMedia(iframePlaylist(rendition)).segments;
    expect(listed).toHaveLength(2);
    for (const [index, { name, range }] of listed.entries()) {
      const bytes = await readFile(join(chunkFolder(run, 0, '240p'), name));
      const { startTicks } = rendition.segments[index] as SegmentReport;
      const cut = (shift: number) => bytes.subarray((range?.offset ?? 0) + shift, (range?.offset ?? 0) + shift + (range?.sizeBytes ?? 0));
      expect(readKeyFrame(cut(0), H264)).toEqual({ startTicks, idr: true });
      expect(() => readKeyFrame(cut(40), H264)).toThrow();
      expect(() => readKeyFrame(cut(0).subarray(0, -1), H264)).toThrow();
      expect(readKeyFrame(withoutIdr(Buffer.from(cut(0))), H264)).toEqual({ startTicks, idr: false });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** The same range with its IDR slices made slices of another picture. */
function withoutIdr(range: Buffer): Buffer {
  const sample = range.readUInt32BE(0) + 8;
  for (let offset = sample; offset < range.length; offset += 4 + range.readUInt32BE(offset)) {
    const header = range[offset + 4] as number;
    if ((header & NAL_TYPE) === IDR) range[offset + 4] = (header & ~NAL_TYPE) | OTHER_SLICE;
  }
  return range;
}
