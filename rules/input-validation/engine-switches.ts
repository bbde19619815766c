import type { Rule } from '../../server/rule/rule.ts';
import { sample } from '../_samples.ts';
import { switchRule, type SwitchRow } from '../_switches.ts';

const rows: readonly SwitchRow[] = [
  { names: ['allowMemberAccess'], of: /^expr-eval\b/, message: 'An expression reaches the members of what it is given, and through them the whole program.' },
  { names: ['allowCallsToHelperMissing'], message: 'A template calls functions that nobody meant for it.' },
  { names: ['unsafeInherit'], of: /^isolated-vm\b/, message: 'Code in the sandbox reaches what the object inherits, and through it the program outside.', severity: 'high' },
  { names: ['disablePrototypePoisoningProtection'], bad: [true, 'proto', 'constructor'], message: 'An answer that names `__proto__` changes every object of the process.' },
  { names: ['allowExtension'], of: /sqlite/i, message: 'A statement can load a native library into the process.' },
  { names: ['skipEntryNameValidation'], message: 'Members of the archive are written wherever their names say, outside of the folder as well.' },
  { names: ['skipMagicNumbersValidation'], message: 'An upload counts for what it says that it is.', severity: 'low' },
  { names: ['skipMissingProperties'], of: /ValidationPipe|class-validator/, message: 'A request that leaves a field out passes every check of it.', severity: 'low' },
  { names: ['allowUnsafeCustomBinary', 'allowUnsafeProtocolOverride', 'allowUnsafePack', 'allowUnsafeSshCommand', 'allowUnsafeEditor', 'allowUnsafePager'], of: /^simple-git\b/, message: 'Arguments can name a program that Git then runs.' },
  { names: ['allow_dangerous_xml_parsing'], message: 'A document makes the parser read files and ask other hosts.' },
  { names: ['restrict_to_same_domain'], bad: [false], message: 'The sitemap chooses whatever hosts are read.', severity: 'low' },
  { names: ['allow_symlinks_outside_directory'], message: 'A link in the folder serves files outside of it.' },
  { names: ['follow_symlink'], of: /^(?:nicegui|starlette|fastapi)\b/, message: 'A link in the folder serves files outside of it.', severity: 'low' },
  { names: ['unsafe'], of: /^haystack\b/, message: 'Templates run without their sandbox, and values in them as Python.', severity: 'high' },
  { names: ['allow_llm_to_see_data'], message: 'Rows of the database are sent to the model’s provider.', severity: 'low' },
  { names: ['bypassCSP'], of: /registerSchemesAsPrivileged$/, message: 'Pages of this scheme load scripts from everywhere.' },
];

export default [
  switchRule({
    id: 'input-validation/engine-safeguard-off', title: 'Safeguard of a parser or engine switched off', severity: 'medium', references: ['CWE-693', 'CWE-94', 'SI-10'], rows,
    what: 'Reports options by which parsers, engines for templates and expressions, sandboxes, archives and loaders are told to leave a check out that they make by themselves.',
    why: 'What these checks hold back are known ways to run code, read files or write outside of a folder with a text that somebody else made.', whenNotToUse: 'For texts and files that the program itself has made.',
    noFix: 'What the text may use has to be decided.',
    examples: [
      { file: 'formula.ts', bad: sample(["import { Parser } from 'expr-eval';", 'export const parser = new Parser({ allowMemberAccess: «true» });']), fixed: sample(["import { Parser } from 'expr-eval';", 'export const parser = new Parser({ allowMemberAccess: false });']), good: sample(["import { Parser } from 'expr-eval';", 'export const parser = new Parser();']) },
      { file: 'pipe.py', bad: sample(['from haystack.components.converters import OutputAdapter', 'adapter = OutputAdapter(template="{{ documents }}", output_type=str, unsafe=«True»)']), fixed: sample(['from haystack.components.converters import OutputAdapter', 'adapter = OutputAdapter(template="{{ documents }}", output_type=str, unsafe=False)']), good: sample(['from haystack.components.converters import OutputAdapter', 'adapter = OutputAdapter(template="{{ documents }}", output_type=str)']) },
    ],
  }),
] satisfies readonly Rule[];
