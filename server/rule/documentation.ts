/** The public page of a rule; its offline copy is docs/rules/<id>.md. */
export function documentationUri(ruleId: string): string {
  return `https://github.com/wardline/wardline/blob/main/docs/rules/${ruleId}.md`;
}
