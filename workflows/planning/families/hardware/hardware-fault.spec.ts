import { hardwareFault } from './hardware-fault';

describe('what ffmpeg says of a hardware encoder', () => {
  const OPENING = '[vost#0:0/h264_nvenc @ 0x1] [enc:h264_nvenc @ 0x2] Error while opening encoder - maybe incorrect parameters';

  it.each([
    ['[h264_nvenc @ 0x1] Cannot load libcuda.so.1', /no NVIDIA driver/],
    ['[h264_nvenc @ 0x1] Cannot load libnvidia-encode.so.1', /without its video libraries/],
    ['Driver does not support the required nvenc API version. Required: 13.0 Found: 12.1', /too old/],
    ['OpenEncodeSessionEx failed: unsupported device (2): (no details)\nNo capable devices found', /no encoder/],
    ["Provided device doesn't support required NVENC features", /lacks this codec or an option/],
    ["Codec not supported\nProvided device doesn't support required NVENC features\nNo capable devices found", /lacks this codec/],
    ['[h264_qsv @ 0x1] Error creating a MFX session: -9.', /no Intel GPU/],
    ['[AVHWDeviceContext @ 0x1] No VA display found for device /dev/dri/renderD128.', /no render node/],
    ["implib-gen: libva-drm.so.2: failed to load library 'libva-drm.so.2' via dlopen", /VAAPI libraries are missing/],
    ['No usable encoding profile found.', /does not encode this codec/],
    ["Unknown encoder 'h264_nvenc'", /without the encoder/],
    ['something new', /did not tell/],
  ])('%s', (said, reason) => {
    const fault = hardwareFault(`${said}\n${OPENING}`);
    expect(fault).toMatchObject({ reason: expect.stringMatching(reason), advice: expect.any(String), isBusy: false });
  });

  it('a driver that is too old: the version that this ffmpeg needs', () => {
    // Of an H200 with driver 580 and ffmpeg 9.
    const said = [
      '[h264_nvenc @ 0x1] Driver does not support the required nvenc API version. Required: 13.1 Found: 13.0',
      '[h264_nvenc @ 0x1] The minimum required Nvidia driver for nvenc is 610.00 or newer',
    ].join('\n');
    expect(hardwareFault(`${said}\n${OPENING}`)).toMatchObject({ isBusy: false, advice: 'Install driver 610.00 or newer.' });
  });

  it.each(['OpenEncodeSessionEx failed: out of memory (10): (no details)', 'OpenEncodeSessionEx failed: incompatible client key (21)'])(
    '%s: it is busy, and works',
    (said) => {
      expect(hardwareFault(`${said}\nNo capable devices found\n${OPENING}`)).toMatchObject({ isBusy: true });
    },
  );
});
