/** Search paths, language, folders for files, and what drivers of GPUs read; the marks tell which stack a process belongs to. */
const PASSED_ON = [
  ...['PATH', 'HOME', 'USER', 'TMPDIR', 'TZ', 'LANG', 'LD_LIBRARY_PATH', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR'],
  ...['SPROCKET_STACK', 'SPROCKET_SERVICE'],
];
const PASSED_ON_PREFIXES = ['LC_', 'CUDA_', 'NVIDIA_', 'LIBVA_', 'ONEVPL_', 'MFX_', 'VK_', 'MESA_', 'DRI_'];

type Environment = Readonly<Record<string, string | undefined>>;

/** What a tool gets of the worker's environment. It decodes what users send, so it has no passwords and no keys. */
export function toolEnvironment(environment: Environment = process.env): Record<string, string> {
  const isPassedOn = (name: string) => PASSED_ON.includes(name) || PASSED_ON_PREFIXES.some((prefix) => name.startsWith(prefix));
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => isPassedOn(entry[0]) && entry[1] !== undefined),
  );
}
