/** What keeps a hardware encoder from its work, in a sentence each for the operator of the worker. */
export interface HardwareFault {
  reason: string;
  advice: string;
  /** It works, and has no session or memory left for one more encode now. */
  isBusy: boolean;
  /** It is not known whether the hardware is to blame. */
  isUnknown?: true;
}

const BUSY = { isBusy: true } as const;
const DEAD = { isBusy: false } as const;
const NVIDIA_DOCKER = 'Install the NVIDIA driver, and start the container with the NVIDIA Container Toolkit and --gpus all.';

/**
 * Messages of FFmpeg's encoders and of the libraries that they load, those that say more first (libavcodec/nvenc.c, qsvenc.c,
 * vaapi_encode.c, libavutil/hwcontext_vaapi.c).
 */
const FAULTS: readonly { said: RegExp; fault: HardwareFault }[] = [
  {
    said: /OpenEncodeSessionEx failed: (?:out of memory|incompatible client key)|CreateInputBuffer failed: out of memory/,
    fault: {
      ...BUSY,
      reason: 'All encode sessions or all memory of the GPU are in use.',
      advice: 'Give this worker fewer slots for transcode-gpu; each rung of a chunk takes a session, and consumer cards have few.',
    },
  },
  {
    said: /Cannot load libcuda/,
    fault: { ...DEAD, reason: 'There is no NVIDIA driver in this machine or container.', advice: NVIDIA_DOCKER },
  },
  {
    said: /Cannot load libnvidia-encode/,
    fault: {
      ...DEAD,
      reason: 'The container has the NVIDIA driver without its video libraries.',
      advice: 'Set NVIDIA_DRIVER_CAPABILITIES=compute,video,utility for the container.',
    },
  },
  {
    said: /Driver does not support the required nvenc API version/,
    fault: { ...DEAD, reason: 'The NVIDIA driver is too old for this ffmpeg.', advice: 'Install the newest driver.' },
  },
  {
    said: /Provided device doesn't support required NVENC features|not supported by (?:the )?(?:device|GPU)|Codec not supported/,
    fault: {
      ...DEAD,
      reason: 'The GPU lacks this codec or an option that is needed, such as B-frames as references.',
      advice: 'Use a newer GPU for this codec: Turing or newer for HEVC, Ada or newer for AV1.',
    },
  },
  {
    said: /OpenEncodeSessionEx failed: unsupported device|No capable devices found/,
    fault: {
      ...DEAD,
      reason: 'The NVIDIA GPU has no encoder, as compute cards such as A100 and H100, or none for this codec.',
      advice: 'Use a card with NVENC, such as L4, L40S or RTX.',
    },
  },
  {
    said: /no CUDA-capable device is detected|cuInit\(0\) failed/,
    fault: { ...DEAD, reason: 'The NVIDIA driver finds no GPU.', advice: NVIDIA_DOCKER },
  },
  {
    said: /Error creating a MFX session|Error initializing an internal MFX session|libvpl|libmfx/,
    fault: {
      ...DEAD,
      reason: 'There is no Intel GPU with Quick Sync here, or its runtime is missing.',
      advice: 'Install the oneVPL GPU runtime and give the container /dev/dri.',
    },
  },
  {
    said: /libva(?:-drm)?\.so\.\d+: (?:failed to load|cannot open)/,
    fault: { ...DEAD, reason: 'The VAAPI libraries are missing.', advice: 'Install libva2, libva-drm2 and the VA driver of the GPU.' },
  },
  {
    said: /No VA display found|Failed to initialise VAAPI connection|Device creation failed/,
    fault: {
      ...DEAD,
      reason: 'There is no render node for VAAPI, or this process may not use it.',
      advice: 'Give the container /dev/dri and its user the group render.',
    },
  },
  {
    said: /No usable encoding (?:profile|entrypoint) found|does not support encoding|Encoding entrypoint not found/,
    fault: {
      ...DEAD,
      reason: 'The GPU or its VA driver does not encode this codec.',
      advice: 'Use a GPU that does, or install its full VA driver.',
    },
  },
  {
    said: /Driver does not support QVBR|does not support (?:the )?requested RC mode|Driver does not support .* RC mode/,
    fault: {
      ...DEAD,
      reason: 'The VA driver has no constant quality below a cap (QVBR).',
      advice: 'Install a newer VA driver; its rates could not be bound otherwise.',
    },
  },
  {
    said: /Unknown encoder|Encoder not found/,
    fault: { ...DEAD, reason: 'This ffmpeg was built without the encoder.', advice: 'Use the ffmpeg that the worker image brings.' },
  },
];

const UNKNOWN: HardwareFault = {
  ...DEAD,
  isUnknown: true,
  reason: 'The encoder failed for a reason that it did not tell.',
  advice: 'Look at the log of this worker, and try the encoder with ffmpeg by hand.',
};

export const NO_ANSWER: HardwareFault = {
  ...DEAD,
  reason: 'The encoder did not end in time.',
  advice: 'Look at the log of the kernel for errors of the GPU; a driver that hangs needs a restart of the machine.',
};

/** What the stderr of a failed encode says of its hardware. */
export function hardwareFault(stderr: string): HardwareFault {
  const fault = FAULTS.find(({ said }) => said.test(stderr))?.fault ?? UNKNOWN;
  // The version depends on the headers that ffmpeg was built with, and only ffmpeg knows it.
  const driver = /minimum required Nvidia driver for nvenc is ([\d.]+)/.exec(stderr)?.[1];
  return driver === undefined ? fault : { ...fault, advice: `Install driver ${driver} or newer.` };
}
