import { openTlsDoor } from '../../certificates/tls-door';
import { openStackHome } from '../home/stack-home';
import { doorFiles } from './door-files';

/** Lets workers of other machines, which have its certificate, come to the Temporal server of this machine. Ends on SIGTERM. */
async function main([folder = '', target = '', host = '', port = '']: string[]): Promise<void> {
  const { ca, door } = doorFiles(openStackHome(folder));
  const options = { alpn: 'h2', clientCaFile: ca, listen: { host, port: Number(port) } };
  await openTlsDoor({ host: '127.0.0.1', port: Number(target) }, door, options);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
