import type { Inspection } from './report.ts';

/** Members of a TorchScript archive that hold its program as Python text. */
export function isTorchCode(name: string): boolean {
  return /(?:^|\/)code\/.+\.py$/.test(name);
}

const harmful: readonly (readonly [RegExp, string])[] = [
  [/\b(?:torch\.from_file|ops\.aten\.from_file)\s*\(/, 'reads a file into memory with torch.from_file'],
  [/\b(?:ops\.aten\.save|torch\.save)\s*\(/, 'writes a file with torch.save'],
  [/\b__import__\s*\(|^\s*(?:import|from)\s+(?:os|sys|subprocess|socket|shutil|ctypes|builtins|pickle)\b/m, 'imports modules of the machine'],
  [/\b(?:eval|exec|compile)\s*\(/, 'evaluates code'],
  [/\b(?:os\.(?:system|popen|exec\w*)|subprocess\.\w+|socket\.socket|shutil\.rmtree)\s*\(/, 'starts processes'],
  [/\bopen\s*\(\s*["']/, 'opens a file'],
];

/** TorchScript's language has no way to the machine but a few operators; what looks like one in its text is named. */
export function inspectTorchCode(text: string, inspection: Inspection): void {
  for (const [pattern, what] of harmful) if (pattern.test(text)) inspection.issue('dangerous', what);
}
