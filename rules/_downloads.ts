/** Commands that run what they download, unseen. Each matches from its first word to the end of the command. */
export const runsDownload: readonly RegExp[] = [
  /\b(?:curl|wget)\b[^|\n;]{0,400}\|[ \t]*(?:sudo[ \t]+(?:-\w+[ \t]+)*)?(?:\w+=\S+[ \t]+)*(?:ba|z|da|k)?sh\b[^\n;]*/g,
  /\b(?:ba|z)?sh[ \t]+(?:-c[ \t]+["']?)?<?[ \t]*[$<]\([ \t]*(?:curl|wget)\b[^)\n]*\)/g,
  /\b(?:curl|wget)\b[^|\n;]{0,400}\|[ \t]*(?:sudo[ \t]+)?python[\d.]*(?![\w.-]|[ \t]+-[a-zA-Z]*[cm]\b)[^\n;]*/g,
  /\b(?:curl|wget)\b[^|\n;]{0,400}\|[ \t]*(?:sudo[ \t]+)?(?:perl|ruby|node|php)(?![\w.-]|[ \t]+-\w*[enprlij])[^\n;]*/g,
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
  /(?<=\s)(-SkipCertificateCheck)\b/gi,
];
