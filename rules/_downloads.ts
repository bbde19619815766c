/** Commands that run what they download, unseen. Each matches from its first word to the end of the command. */
export const runsDownload: readonly RegExp[] = [
  /\b(?:curl|wget)\b[^|\n;]{0,400}\|[ \t]*(?:sudo[ \t]+(?:-\w+[ \t]+)*)?(?:\w+=\S+[ \t]+)*(?:ba|z|da|k)?sh\b[^\n;]*/g,
  /\b(?:ba|z)?sh[ \t]+(?:-c[ \t]+["']?)?<?[ \t]*[$<]\([ \t]*(?:curl|wget)\b[^)\n]*\)/g,
  /\b(?:curl|wget)\b[^|\n;]{0,400}\|[ \t]*(?:sudo[ \t]+)?python[\d.]*(?![\w.-]|[ \t]+-[a-zA-Z]*[cm]\b)[^\n;]*/g,
  /\b(?:curl|wget)\b[^|\n;]{0,400}\|[ \t]*(?:sudo[ \t]+)?(?:perl|ruby|node|php)(?![\w.-]|[ \t]+-\w*[enprlij])[^\n;]*/g,
  /\bpython[\d.]*[ \t]+-c[ \t]+"[^"\n]*\b(?:exec|eval)\([^"\n]*(?:urlopen|requests\.get|httpx\.get)\([^"\n]*"/g,
  /\beval[ \t]+["']?(?:\$\(|`)[ \t]*(?:curl|wget)\b[^)`\n]*[)`]["']?/g,
  /(?:^|[\s;&|])(?:source|\.)[ \t]+<\([ \t]*(?:curl|wget)\b[^)\n]*\)/g,
  /\b(\w+)=["']?(?:\$\(|`)[ \t]*(?:curl|wget)\b[^)`\n]*[)`][\s\S]{0,400}?\beval[ \t]+"?\$\{?\1\b[^\n;]*/g,
  /\b(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^|\n;]{0,400}\|[ \t]*(?:iex|Invoke-Expression)\b[^\n;]*/gi,
  /\b(?:iex|Invoke-Expression)[ \t]+(?:-Command[ \t]+)?[&"$({ \t]*(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod|(?:\(?New-Object[ \t]+(?:System\.)?Net\.WebClient\)?\.)?DownloadString|\[System\.Text)[^\n;]*/gi,
  /\b(?:iex|Invoke-Expression)\b[^\n]{0,60}New-Object[ \t]+(?:System\.)?Net\.WebClient\)?\)?\.DownloadString\([^\n)]*\)+/gi,
];

/** Words that switch the check of the other side off; the first group is what is to be marked. */
export const uncheckedDownload: readonly RegExp[] = [
  /\bcurl\b[^\n;|]*?\s(-\w*k\w*(?=\s|$)|--insecure\b|--proxy-insecure\b)/g,
  /\bwget\b[^\n;|]*?\s(--no-check-certificate\b)/g,
  /\bgit\b[^\n;|]*?(http\.sslVerify(?:=|[ \t]+["']?)(?:false|0)\b)/gi,
  /\b((?:GIT_SSL_NO_VERIFY|VAULT_SKIP_VERIFY)=(?:1|true))\b/g,
  /\b((?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)=["']?0)\b/g,
  /\bpip[^\n;|]*?\s(--trusted-host(?:[ =]\S+)?)/g,
  /\bpip[\d.]*[ \t]+config[ \t]+set[ \t]+(global\.trusted-host[ \t]+\S+)/g,
  /\bssh\b[^\n;|]*?(StrictHostKeyChecking[= ]no)\b/g,
  /\b(?:npm|yarn|pnpm)\b[^\n;|]*?(strict-ssl[ =]["']?false)/gi,
  /\b(?:conda|mamba)[ \t]+config[ \t]+--set[ \t]+(ssl_verify[ \t]+(?:false|no))\b/gi,
  /\b(?:skopeo|podman|buildah)\b[^\n;|]*?\s(--(?:src-|dest-)?tls-verify=false)\b/g,
  /\b(?:kubectl|helm|oc|argocd)\b[^\n;|]*?\s(--(?:kube-)?insecure-skip-tls-verify(?:=true)?(?![=\w-]))/g,
  /\bexecutor\b[^\n;|]*?\s(--(?:skip-tls-verify(?:-pull)?|insecure(?:-pull|-registry)?)(?:=true)?)(?![\w-])/g,
  /\baws\b[^\n;|]*?\s(--no-verify-ssl)\b/g,
  /\bmvnw?\b[^\n;|]*?\s(-Dmaven\.wagon\.http\.ssl\.(?:insecure|allowall)=true)\b/g,
  /\bcomposer\b[^\n;|]*?\s(secure-http[ \t]+(?:false|0)|disable-tls[ \t]+(?:true|1))\b/g,
  /\b(?:deb|deb-src)[ \t]+\[[^\]\n]*\b((?:trusted|allow-insecure)=yes)\b/g,
  /\bgcloud\b[^\n;|]*?\s(auth\/disable_ssl_validation[ \t]+true)\b/gi,
  /\b(AZURE_CLI_DISABLE_CONNECTION_VERIFICATION=["']?(?:1|true))\b/g,
  /\b(?:aria2c)\b[^\n;|]*?\s(--check-certificate=false)\b/g,
  /\b(?:rclone|s3cmd)\b[^\n;|]*?\s(--no-check-certificate)\b/g,
  /\bollama[ \t]+(?:pull|push|run|create)\b[^\n;|]*?\s(--insecure)\b/g,
  /\bansible-galaxy\b[^\n;|]*?\s(--ignore-certs)\b/g,
  /\b(?:oras|helm|crane|cosign)\b[^\n;|]*?\s(--(?:plain-http|allow-insecure-registry|allow-http-registry))\b/g,
  /(?<=\s)(-SkipCertificateCheck)\b/gi,
];

/** A program that a script downloads from a place that changes, and runs without a check. */
export interface UncheckedProgram {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

const compared = /\b(?:sha\d+sum|shasum|b2sum|openssl[ \t]+dgst|gpg\b[^\n]*--verify|gpgv|cosign[ \t]+verify|minisign|slsa-verifier|attestation[ \t]+verify|Get-FileHash|certutil)\b/i;
const changing = /\/latest(?:\/|$)|\/(?:main|master|HEAD|refs\/heads\/[\w.-]+)\/|\.(?:sh|bash|py|ps1)(?:$|[?#])/;
const unchanging = /\/[0-9a-f]{40}\/|\bv?\d+\.\d+(?:\.\d+)?\b/;

/** Programs that are written to a file and run from there: `curl -o install.sh …; sh install.sh`. */
export function uncheckedPrograms(text: string): readonly UncheckedProgram[] {
  const joined = text.replace(/\\\r?\n/g, (joint) => ' '.repeat(joint.length)).replace(/^[ \t]*#[^\n]*/gm, (line) => ' '.repeat(line.length));
  if (compared.test(joined)) return [];
  return [...joined.matchAll(/\b(curl|wget)\b([^\n|;&]*)/g)].flatMap((match): readonly UncheckedProgram[] => {
    const address = /https?:\/\/[^\s"'`)>]+/.exec(match[2]!)?.[0];
    if (address === undefined || !changing.test(address) || unchanging.test(address)) return [];
    const given = match[1] === 'curl' ? /\s(?:-\w*o|--output)[ =]?["']?([^\s"']+)/.exec(match[2]!)?.[1] : /\s(?:-\w*O|--output-document)[ =]?["']?([^\s"']+)/.exec(match[2]!)?.[1];
    const kept = given ?? />[ \t]*["']?([^\s"'>]+)/.exec(match[2]!)?.[1] ?? (match[1] === 'wget' || /\s(?:-\w*O\w*|--remote-name)(?=\s)/.test(match[2]!) ? address : undefined);
    const name = kept?.split(/[?#]/)[0]!.split('/').at(-1);
    if (name === undefined || !/^[\w.-]+$/.test(name) || name === '-') return [];
    const file = `(?:\\S*/)?${name.replaceAll('.', '\\.')}(?![\\w.-])`;
    const runs = new RegExp(`\\bchmod[ \\t]+(?:[ugoa]*\\+\\w*x|0?7[0-7]{2})[^\\n;&]*\\b${file}|\\b(?:ba|z|da|k)?sh[ \\t]+(?:-\\w+[ \\t]+)*${file}|\\bpython[\\d.]*[ \\t]+${file}|(?:^|[\\s;&(])(?:\\./|source[ \\t]+\\S*|\\.[ \\t]+\\S*)${name.replaceAll('.', '\\.')}(?![\\w.-])`);
    return runs.test(joined.slice(match.index + match[0].length)) ? [{ start: match.index, end: match.index + match[0].trimEnd().length, name }] : [];
  });
}
