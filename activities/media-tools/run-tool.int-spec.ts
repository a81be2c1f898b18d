import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { GIB, MIB } from '../../temporal/contract/units';
import { TOOL_NICENESS } from '../../infra/machine/limited-command';
import { runTool, ToolError } from './run-tool';
import { ToolGroups } from './tool-groups';

const NODE = process.execPath;
const script = (code: string) => ({ tool: NODE, args: ['-e', code] });

describe('runTool', () => {
  it('gives back what the tool printed', async () => {
    const result = await runTool(script('console.log("one"); console.log("two")'));
    expect(result.stdout).toBe('one\ntwo');
  });

  it('gives the tool nothing of the environment that is secret', async () => {
    const secrets = {
      DRM_MASTER_KEY: 'secret-word',
      MYSQL_URL: 'secret-word',
      S3_SECRET_ACCESS_KEY: 'secret-word',
      CUDA_VISIBLE_DEVICES: '3',
    };
    const before = { ...process.env };
    Object.assign(process.env, secrets);
    try {
      const { stdout } = await runTool(script('console.log(JSON.stringify(process.env))'));
      expect(stdout).not.toContain('secret-word');
      expect(JSON.parse(stdout)).toMatchObject({ PATH: before['PATH'], CUDA_VISIBLE_DEVICES: '3' });
    } finally {
      for (const name of Object.keys(secrets)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });

  it('throws the exit code and the tail of stderr', async () => {
    const run = runTool(script('for (let i = 0; i < 100; i++) console.error("line " + i); process.exitCode = 3'));
    const error = await run.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ToolError);
    expect(error).toMatchObject({ exitCode: 3, exitSignal: null });
    expect((error as ToolError).stderrTail.split('\n')).toHaveLength(40);
    expect((error as ToolError).stderrTail).toContain('line 99');
  });

  it('throws for a tool that was refused memory, whatever it says later and however it ends', async () => {
    const words =
      'console.error("Error during demuxing: Cannot allocate memory"); for (let i = 0; i < 100; i++) console.error("no frame!")';
    const error = await runTool(script(words)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ exitCode: 0, exitSignal: null });
    expect((error as ToolError).stderrTail).toContain('ended because its memory went beyond the limit');
  });

  it('tells the system how nice the session of a tool is, where it counts by session', async () => {
    const isGrouped = existsSync('/proc/self/autogroup') && existsSync('/proc/sys/kernel/sched_autogroup_enabled');
    const limits = { wallMs: 10_000, cpuSeconds: 10, memoryBytes: 8 * GIB, fileBytes: MIB, niceness: TOOL_NICENESS + 7 };
    const told = `const told = () => fs.readFileSync('/proc/self/autogroup', 'utf8').includes('nice 7');
      const look = () => (told() ? console.log('nice') : setTimeout(look, 10)); look();`;
    const { stdout } = await runTool({ ...script(isGrouped ? told : 'console.log("nice")'), limits });
    expect(stdout).toBe('nice');
  });

  it('throws the signal that ended the tool', async () => {
    const error = await runTool(script('process.kill(process.pid, "SIGKILL")')).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ exitCode: null, exitSignal: 'SIGKILL' });
  });

  it('rejects for a tool that does not exist', async () => {
    await expect(runTool({ tool: '/nowhere/ffmpeg', args: [] })).rejects.toThrow('ENOENT');
  });

  it('measures the CPU time of the tool', async () => {
    const { cpuMs } = await runTool(script('const end = Date.now() + 1000; while (Date.now() < end);'));
    expect(cpuMs).toBeGreaterThan(100);
    expect(cpuMs).toBeLessThan(1500);
  });

  it('measures a tool that is over in a moment', async () => {
    const { cpuMs } = await runTool({ tool: '/bin/sh', args: ['-c', 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'] });
    expect(cpuMs).toBeGreaterThan(0);
  });

  it('ends the tool and its own children when aborted, and rejects with the reason only then', async () => {
    const abort = new AbortController();
    const pids: number[] = [];
    const parent =
      'const c = require("child_process").spawn("sleep", ["60"]); console.log(c.pid); console.log(process.pid); setInterval(() => {}, 1000)';
    const reason = new Error('cancelled');
    const run = runTool({
      ...script(parent),
      signal: abort.signal,
      onStdoutLine: (line) => {
        pids.push(Number(line));
        if (pids.length === 2) abort.abort(reason);
      },
    });
    await expect(run).rejects.toBe(reason);
    expect(pids).toHaveLength(2);
    // The grandchild's own parent is gone, so no process tells when it ends: look until it has.
    while (pids.some(isRunning)) await setImmediate();
  });

  it('kills a tool that ignores TERM', async () => {
    const abort = new AbortController();
    const stubborn = 'process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000)';
    const run = runTool({ ...script(stubborn), signal: abort.signal, onStdoutLine: () => abort.abort(new Error('cancelled')) });
    await expect(run).rejects.toThrow('cancelled');
  }, 20_000);

  describe('with limits', () => {
    const limits = { wallMs: 20_000, cpuSeconds: 20, memoryBytes: 64 * 1024 ** 3, fileBytes: 1024 ** 3 };
    const shell = (code: string) => ({ tool: '/bin/sh', args: ['-c', code], limits });
    const failureOf = (run: Parameters<typeof runTool>[0]) => runTool(run).catch((reason: unknown) => reason);

    it('runs a tool in peace that stays within them', async () => {
      expect((await runTool(shell('echo one'))).stdout).toBe('one');
    });

    it('ends a tool that does not come to an end, with its children', async () => {
      const pids: number[] = [];
      const stuck = { ...shell('sleep 60 & echo $!; trap "" TERM; wait; sleep 60'), limits: { ...limits, wallMs: 300 } };
      const error = await failureOf({ ...stuck, onStdoutLine: (line) => pids.push(Number(line)) });
      expect(error).toBeInstanceOf(ToolError);
      expect((error as ToolError).stderrTail).toContain('its time');
      while (pids.some(isRunning)) await setImmediate();
    }, 20_000);

    it('ends the children of a tool that is gone itself and left them its output', async () => {
      const error = await failureOf({ ...shell('sleep 60 & exit 0'), limits: { ...limits, wallMs: 300 } });
      expect(error).toBeInstanceOf(ToolError);
    }, 20_000);

    it('ends a tool that prints without end', async () => {
      const error = await failureOf(shell('yes 0123456789012345678901234567890123456789012345678901234567890123456789'));
      expect((error as ToolError).stderrTail).toContain('its output');
    }, 20_000);

    it('ends a tool that writes too large a file', async () => {
      const path = `/tmp/sprocket-large-${process.pid}`;
      const error = await failureOf({ ...shell(`head -c 4000000 /dev/zero > ${path}`), limits: { ...limits, fileBytes: 1_000_000 } });
      expect(error).toBeInstanceOf(ToolError);
      expect(statSync(path).size).toBeLessThanOrEqual(1_000_000);
      rmSync(path);
    });

    it('ends a tool that computes or takes memory without end', async () => {
      expect(await failureOf({ ...shell('while :; do :; done'), limits: { ...limits, cpuSeconds: 1 } })).toBeInstanceOf(ToolError);
      expect(
        await failureOf({ ...shell('head -c 900000000 /dev/zero | tail'), limits: { ...limits, memoryBytes: 300_000_000 } }),
      ).toBeInstanceOf(ToolError);
    }, 20_000);
  });

  describe('in a control group', () => {
    const limits = { wallMs: 20_000, cpuSeconds: 20, memoryBytes: 64 * 1024 ** 3, fileBytes: 1024 ** 3 };
    let base: string;

    beforeEach(async () => {
      base = await mkdtemp(join(tmpdir(), 'groups-'));
    });

    afterEach(() => rm(base, { recursive: true }));

    // A plain folder stands in for the kernel's: what is written into it is what the kernel would be told.
    it('bounds the tool that was started, and tells when the kernel killed it for its memory', async () => {
      const folder = join(base, `sprocket-tool-${process.pid}-1`);
      const code = `until test -s ${folder}/cgroup.procs; do :; done; echo $$; echo "oom_kill 1" > ${folder}/memory.events; kill -9 $$`;
      let pid = '';
      const groups = new ToolGroups(base, { memoryBytes: 1_000_000, cpus: 1.5 });
      const run = runTool({ tool: '/bin/sh', args: ['-c', code], limits, groups, onStdoutLine: (line) => (pid = line) });
      const error = await run.catch((reason: unknown) => reason);
      expect((error as ToolError).stderrTail).toBe('ended because its memory went beyond the limit');
      const written = (file: string) => readFileSync(join(folder, file), 'utf8');
      expect(['cgroup.procs', 'memory.max', 'cpu.max'].map(written)).toEqual([pid, '1000000', '150000 100000']);
    });

    it('needs no group for tools of its own', async () => {
      const groups = new ToolGroups(join(base, 'nowhere'), { memoryBytes: 1, cpus: null });
      expect((await runTool({ ...script('console.log("one")'), groups })).stdout).toBe('one');
      await expect(runTool({ ...script(''), limits, groups })).rejects.toThrow('ENOENT');
    });
  });

  it('does not start a tool for an aborted signal', async () => {
    const marker = `/tmp/sprocket-run-tool-${process.pid}`;
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(runTool({ tool: '/usr/bin/touch', args: [marker], signal })).rejects.toThrow('cancelled');
    expect(existsSync(marker)).toBe(false);
  });
});

/** Runs, as opposed to gone or a zombie that is not reaped yet. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

describe('a secret input', () => {
  const SECRET = '0123456789abcdef0123456789abcdef';
  const sh = (script: string, secretInput: string) => runTool({ tool: '/bin/sh', args: ['-c', script], secretInput });

  it('is read as /dev/stdin by its name, and has no name of its own', async () => {
    const { stdout } = await sh('cat /dev/stdin; readlink /proc/self/fd/0', `key=${SECRET}`);
    expect(stdout).toMatch(new RegExp(`^key=${SECRET}/.* \\(deleted\\)$`));
  });

  it('is in no argument and no environment', async () => {
    const { stdout } = await sh('tr "\\0" " " < /proc/$$/cmdline; tr "\\0" " " < /proc/$$/environ', `key=${SECRET}`);
    expect(stdout).toContain('/bin/sh');
    expect(stdout).not.toContain(SECRET);
  });

  it('is left out of what the tool says of it', async () => {
    const failure = await sh('echo "bad flag: $(cat /dev/stdin)" >&2; exit 1', `key=${SECRET}`).catch((error: unknown) => error);
    expect(failure).toMatchObject({ stderrTail: 'bad flag: key=<hidden>' });
  });
});
