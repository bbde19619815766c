import { closest } from '../../../config/closest.ts';
import { severities } from '../../../model/finding.ts';

/** A command line that cannot be understood: the message and where to read more are printed, and the status is 2. */
export class UsageError extends Error {}

/** More names than this are not listed in an error. */
const mostListed = 20;

/** That there is no such thing, and which one was most likely meant. */
export function unknownName(what: string, name: string, names: readonly string[]): UsageError {
  const meant = closest(name, names);
  const more = meant !== undefined ? `; did you mean '${meant}'?` : names.length <= mostListed ? `; there are ${names.join(', ')}` : '';
  return new UsageError(`there is no ${what} '${name}'${more}`);
}

export const usage = `usage: wardline scan PATH... [options]          report findings
       wardline fix PATH... [--dry-run] [--rule ID] apply safe fixes
       wardline baseline create|update|check PATH...
       wardline config explain FILE                 which settings hold, and why
       wardline rules list|explain ID|new ID [KIND]
       wardline test [DIRECTORY]                    run the examples of the team's own rules
       wardline threat-model PATH... [--format F] [--check]
       wardline threat-model import FILE [PATH...]  decisions of an OTM or Threat Dragon file
       wardline drift check|record PATH...          accesses to data that nobody has agreed on
       wardline models lock|verify [DIRECTORY]      keep and compare the digests of models
       wardline mcp [FOLDER...]                     serve coding agents over standard input and output (MCP)
       wardline hook [--fail-on SEV]                after an agent's edit: findings on the lines it wrote
       wardline merge SHARD... [--format F]         join the reports of shards
       wardline init [DIRECTORY]                    write a starter .wardline folder
       wardline --version | --help

Finds insecure AI code, notebooks, infrastructure and secrets. Offline; nothing leaves this machine.

scan options
  --format FORMAT  text (default), json, sarif, markdown, html, junit, gitlab-sast, codequality, github, shard
  --output FILE    write the report to FILE instead of standard output
  --no-config      do not read .wardline/
  --baseline FILE  compare with this baseline instead of .wardline/baseline.json
  --fail-on SEV    exit 1 only for findings of at least this severity: ${severities.join(', ')}
  --diff BASE      only what the change since the git revision BASE adds, suppressions included
  --staged         only what is staged in git, as it is staged
  --shard I/N      only the I-th of N parts; join them with merge
  --jobs N         threads to scan with; the processors, at most 8, when there is much to scan
  --category NAME  only the rules of this category, secrets for example; may be repeated
  --rule ID        only this rule; may be repeated
  --quiet          no progress

exit status: 0 nothing found, 1 something found, 2 error
`;
