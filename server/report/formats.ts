import { codeQuality, gitlabSast } from './gitlab.ts';
import { githubAnnotations } from './github.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { ScanResult } from './result.ts';
import { sarif } from './sarif.ts';
import { shard } from './shard.ts';
import { text } from './text.ts';

export const formats = ['text', 'json', 'sarif', 'markdown', 'html', 'junit', 'gitlab-sast', 'codequality', 'github', 'shard'] as const;
export type Format = (typeof formats)[number];

export interface ReportOptions {
  readonly colour: boolean;
  /** `2026-11-27T10:00:00`, where a format wants the time of the scan. */
  readonly now: string;
  /** Owners of a path, where the repository names them. */
  readonly owners: ((path: string) => readonly string[]) | undefined;
}

export function isFormat(name: string): name is Format {
  return (formats as readonly string[]).includes(name);
}

export function printReport(result: ScanResult, format: Format, options: ReportOptions): string {
  switch (format) {
    case 'text': return text(result, options);
    case 'json': return json(result);
    case 'sarif': return sarif(result);
    case 'markdown': return markdown(result, options.owners);
    case 'html': return html(result, options.owners);
    case 'junit': return junit(result);
    case 'gitlab-sast': return gitlabSast(result, options.now);
    case 'codequality': return codeQuality(result);
    case 'github': return githubAnnotations(result);
    case 'shard': return shard(result);
  }
}
