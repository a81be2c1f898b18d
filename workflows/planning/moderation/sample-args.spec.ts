import { sampleArgs, sampleScratchBytes, shownPictureName } from './sample-args';

it('decodes once for the model and for a moderator', () => {
  expect(sampleArgs('batch.mp4', { startFrame: 1800 }, 30)).toEqual([
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', '-i', 'batch.mp4', '-filter_complex'],
    "[0:v]select='not(mod(n+1800,30))',split=2[scored][seen];" +
      '[scored]scale=256:256:flags=bilinear,crop=224:224,format=bgr24[model];' +
      '[seen]scale=480:480:force_original_aspect_ratio=decrease:force_divisible_by=2,setsar=1[shown]',
    ...['-map', '[model]', '-fps_mode', 'passthrough', '-f', 'rawvideo', 'samples.bgr'],
    ...['-map', '[shown]', '-fps_mode', 'passthrough', '-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p', '-f', 'image2'],
    ...['-start_number', '0', 'sample_%03d.jpg'],
  ]);
  expect([shownPictureName(0), shownPictureName(59)]).toEqual(['sample_000.jpg', 'sample_059.jpg']);
});

it('needs scratch for the largest batch and for every picture', () => {
  const batch = (...sampledFrames: number[]) => ({ firstSegment: 0, endSegment: 1, startFrame: 0, sampledFrames });
  expect(sampleScratchBytes(1000, [batch(0, 30), batch(60)])).toBe(1000 + 2 * 224 * 224 * 3 + 3 * 64_000);
});
