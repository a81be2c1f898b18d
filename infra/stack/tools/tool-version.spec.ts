import { TOOLS, type ProgramSpec, type ToolName } from './tool-table';
import { compareVersions, parseVersion, suffices } from './tool-version';

const X264 = '\nconfiguration: --enable-gpl --enable-libx264 --enable-libx265';

describe('version of a tool', () => {
  it.each<[Exclude<ToolName, 'moderationModel'>, string, string | null, boolean]>([
    ['ffmpeg', `ffmpeg version n9.0.2-17-g2a571b6068 Copyright (c) 2000-2026${X264}`, '9.0.2', true],
    ['ffmpeg', `ffmpeg version 7.1.1-1+b1 Copyright (c) 2000-2025${X264}`, '7.1.1', true],
    ['ffmpeg', `ffmpeg version 5.1.6-0+deb12u1 Copyright (c) 2000-2024${X264}`, '5.1.6', false],
    ['ffmpeg', 'ffmpeg version 8.0 Copyright (c) 2000-2025\nconfiguration: --disable-gpl', '8.0', false],
    ['ffmpeg', `ffmpeg version N-118315-g7ac4cd30a9 Copyright (c) 2000-2025${X264}`, null, false],
    ['ffprobe', 'ffprobe version n8.1.2 Copyright (c) 2007-2026', '8.1.2', true],
    ['packager', 'packager version v3.4.2-c819dea-release', '3.4.2', true],
    ['packager', 'Packager 1.9 packs things', null, false],
    ['temporal', 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)', '1.9.1', true],
    ['weed', 'version 8000GB 4.48 pypi linux amd64\n\nFor enterprise users', '4.48', true],
    ['weed', 'version 8000GB 3.97 linux amd64', '3.97', false],
    ['mysqld', 'mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)', '10.11.19', true],
    ['mysqld', '/usr/sbin/mysqld  Ver 8.4.6 for Linux on x86_64 (MySQL Community Server - GPL)', '8.4.6', true],
    ['mysqld', '/usr/sbin/mysqld  Ver 5.7.44 for Linux on x86_64', '5.7.44', false],
    ['chromium', 'Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)', '156.0.8078.79', true],
  ])('%s: %s', (name, output, version, enough) => {
    const spec: ProgramSpec = TOOLS[name];
    expect(parseVersion(spec, output)).toBe(version);
    expect(suffices(spec, output)).toBe(enough);
  });

  it('compares part by part', () => {
    expect(compareVersions([4, 9], [4, 48])).toBeLessThan(0);
    expect(compareVersions([8], [8, 0, 0])).toBe(0);
    expect(compareVersions([9], [8, 4])).toBeGreaterThan(0);
  });
});
