import type { Rule } from '../../server/rule/rule.ts';
import { callRule } from '../_calls.ts';
import { calleesOf, judgeBy, type SettingRow } from '../_settings.ts';
import { marked } from '../_samples.ts';

const anywhere = 'Members of the archive are written wherever their names say, outside of the folder as well.';

const rows: readonly SettingRow[] = [
  { callees: ['tar.{x,extract,Extract,Unpack,extractSync}'], at: ['preservePaths'], bad: [true], message: anywhere, instead: 'false' },
  { callees: ['tarfile.TarFile#{extractall,extract}', 'tarfile.open().{extractall,extract}'], at: ['filter'], bad: ['fully_trusted'], severity: 'low', message: anywhere, instead: '"data"' },
  { callees: ['shutil.unpack_archive'], at: ['filter', 3], bad: ['fully_trusted'], severity: 'low', message: anywhere, instead: '"data"' },
  { callees: ['yauzl.{open,fromBuffer,fromFd,fromRandomAccessReader}'], at: ['decodeStrings'], bad: [false], severity: 'low', message: 'Names of members are no longer checked for folders above.', instead: 'true' },
];

export default [
  callRule({
    id: 'input-validation/archive-paths-kept', title: 'Archive unpacked without a check of its paths', severity: 'medium', references: ['CWE-22', 'SI-10'], callees: calleesOf(rows),
    what: 'Reports options that switch off what libraries for archives check by themselves: `preservePaths` of tar, the filter `fully_trusted` of Python, names that yauzl is not to decode.',
    why: 'Whoever makes the archive overwrites files outside of the folder: programs, keys, settings.', noFix: 'What else the archive has to bring along decides on the filter.', whenNotToUse: 'For archives that the program itself has made.',
    judge: judgeBy(rows),
    examples: [
      { file: 'unpack.ts', bad: marked("import * as tar from 'tar';\nawait tar.x({ file: 'model.tgz', cwd: '/srv/models', preservePaths: «true» });\n"), fixed: "import * as tar from 'tar';\nawait tar.x({ file: 'model.tgz', cwd: '/srv/models', preservePaths: false });\n", good: "import * as tar from 'tar';\nawait tar.x({ file: 'model.tgz', cwd: '/srv/models' });\n" },
      { file: 'unpack.py', bad: marked('import shutil\nshutil.unpack_archive("model.tgz", "/srv/models", filter=«"fully_trusted"»)\n'), fixed: 'import shutil\nshutil.unpack_archive("model.tgz", "/srv/models", filter="data")\n', good: 'import shutil\nshutil.unpack_archive("model.tgz", "/srv/models", filter="data")\n' },
    ],
  }),
] satisfies readonly Rule[];
