import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../../../infra/machine/free-port';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { defaultHomeFolder, openStackHome } from '../../../infra/stack/home/stack-home';
import { toolEnvironment } from '../../../infra/stack/services/service-environment';
import { findTools } from '../../../infra/stack/tools/find-tools';
import { installSpeechEngine } from '../../../infra/stack/tools/speech-engine';
import { TEST_TOOLS } from '../../../infra/stack/tools/tool-table';
import { MIB } from '../../../temporal/contract/units';
import type { Command } from './command';
import { runInherited } from '../test-runs/run-inherited';
import { say, secondsSince } from '../terminal/say';
import { addCounts, NO_TESTS, readCounts, type TestCounts } from '../test-runs/test-counts';
import { withOwnStack } from '../test-runs/with-own-stack';

type Tier = 'unit' | 'int' | 'media' | 'e2e' | 'chaos';
/** Phases without tests and their scripts, which run beside each other; `npm run check` runs the same ones. */
const CHECKS = [
  ['format', 'format:check'],
  ['lint', 'lint'],
  ['types', 'types'],
  ['unused', 'unused'],
] as const;
type Environment = Record<string, string>;

/**
 * Unit tests share the cores. Integration tests wait for processes and servers about as much as they compute, and have databases, buckets and namespaces
 * of their own. Those of media ask for no time: while the zoo waits, another one computes. The others measure and break things, so they run one after
 * another.
 */
const JEST_ARGS: Record<Tier, readonly string[]> = {
  unit: ['--maxWorkers=100%'],
  int: ['--maxWorkers=3', '--testTimeout=120000'],
  media: ['--maxWorkers=2', '--testTimeout=600000'],
  e2e: ['--runInBand', '--testTimeout=300000'],
  chaos: ['--runInBand', '--testTimeout=900000'],
};

/** The test that makes calls of the API's description. */
const API_TEST = 'open-api/schemathesis';
const API_TEST_USAGE = 'Usage: npm run test:api -- --max-time SECONDS';

/** Everything but the fault matrix, or one tier: `npm test -- int [pattern]`. The last line counts the tests; exit code 1 when anything failed. */
export const testCommand: Command = async ([tier, ...patterns], home) => {
  if (tier === 'api') {
    process.env['API_TEST_SECONDS'] = secondsOf(patterns);
    return testCommand(['int', API_TEST], home);
  }
  if (tier !== undefined && !Object.hasOwn(JEST_ARGS, tier)) throw new Error('Usage: npm test [-- unit|int|media|e2e|chaos [pattern]]');
  const run = new TestRun(patterns);
  const tiers: readonly Tier[] = tier === undefined ? ['unit', 'int', 'media', 'e2e'] : [tier as Tier];
  const stackTiers = tiers.filter((name) => name !== 'unit');
  // They wait for downloads while others compute.
  const tools = stackTiers.length > 0 ? run.tools() : null;
  tools?.catch(() => undefined);
  if (tiers.includes('unit')) await run.jest('unit', {});
  if (tools) await run.onStack(stackTiers, { tools, hasChecks: tier === undefined });
  process.stdout.write(run.summary());
  return run.counts.failed === 0 ? 0 : 1;
};

function secondsOf(args: readonly string[]): string {
  const { values } = parseArgs({ args: [...args], options: { 'max-time': { type: 'string', default: '600' } } });
  if (!/^[1-9][0-9]{0,4}$/.test(values['max-time'])) throw new Error(API_TEST_USAGE);
  return values['max-time'];
}

class TestRun {
  counts: TestCounts = NO_TESTS;

  constructor(private readonly patterns: readonly string[]) {}

  /** A phase without tests of its own: one failure when it fails. */
  private async check(name: string, script: string): Promise<void> {
    await this.phase(name, async () => {
      const exitCode = await runInherited('nice', ['-n', '19', 'npm', 'run', '--silent', script], {});
      return exitCode === 0 ? NO_TESTS : { ...NO_TESTS, failed: 1 };
    });
  }

  async jest(tier: Tier, environment: Environment): Promise<void> {
    await this.phase(tier, async () => {
      const report = join(defaultHomeFolder(), 'test-reports', `${tier}.json`);
      mkdirSync(join(report, '..'), { recursive: true });
      rmSync(report, { force: true });
      const jest = join(projectRoot(), 'node_modules', 'jest', 'bin', 'jest.js');
      const args = [
        jest,
        '--selectProjects',
        tier,
        ...JEST_ARGS[tier],
        '--json',
        `--outputFile=${report}`,
        '--passWithNoTests',
        ...this.patterns,
      ];
      const exitCode = await runInherited(process.execPath, args, { ...environment, NODE_ENV: 'test' });
      return readCounts(report, exitCode);
    });
  }

  /** Installs what is missing. Throws `ToolMissingError`. */
  tools(): Promise<void> {
    return this.phase('tools', async () => {
      toolEnvironment(await findTools(TEST_TOOLS, { folder: defaultHomeFolder(), environment: process.env, say }));
      process.env['SPEECH_COMMAND'] ??= JSON.stringify(await installSpeechEngine(defaultHomeFolder(), say));
      return NO_TESTS;
    });
  }

  /** Tools come before the stack, so that a missing one fails at once. A stack that does not come up is one failure. */
  async onStack(tiers: readonly Tier[], { tools, hasChecks }: { tools: Promise<void>; hasChecks: boolean }): Promise<void> {
    try {
      await tools;
      // Tests are about frames and steps, so their stack spends as little on pictures as it can.
      process.env['DEFAULT_PRESET'] ??= 'fast';
      process.env['CLEARKEY_LICENCES'] ??= 'on';
      process.env['API_ANONYMOUS'] ??= 'off';
      // The smallest that S3 takes, so that small files have several.
      process.env['UPLOAD_PART_SIZE_BYTES'] ??= String(5 * MIB);
      // A test's own site, which the stack may pull from and send events to.
      const sitePort = (process.env['TEST_SITE_PORT'] ??= String(await freePort('127.0.0.1')));
      process.env['OUTBOUND_ALLOWED_NETWORKS'] ??= '127.0.0.1';
      process.env['OUTBOUND_ALLOWED_PORTS'] ??= `80,443,${sitePort}`;
      await withOwnStack(openStackHome(join(defaultHomeFolder(), 'test')), TEST_TOOLS, async (environment) => {
        for (const tier of tiers) {
          // The end-to-end tests wait for a fifth of their time; checks take the processor then, and give way to them.
          const checks = hasChecks && tier === 'e2e' ? CHECKS.map(([name, script]) => this.check(name, script)) : [];
          await Promise.all([this.jest(tier, environment), ...checks]);
        }
        return 0;
      });
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      this.counts = addCounts(this.counts, { ...NO_TESTS, failed: 1 });
    }
  }

  summary(): string {
    const { passed, failed, skipped } = this.counts;
    return `${passed} passed, ${failed} failed, ${skipped} skipped\n`;
  }

  private async phase(name: string, work: () => Promise<TestCounts>): Promise<void> {
    const startedAt = performance.now();
    say(`test phase ${name}`);
    const counts = await work();
    this.counts = addCounts(this.counts, counts);
    say(`test phase ${name}: ${counts.failed === 0 ? 'passed' : 'FAILED'} in ${secondsSince(startedAt)}`);
  }
}
