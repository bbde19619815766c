import type { Fix, Severity, Value } from '../../server/rule/queries.ts';
import type { ResourceContext, RuleId } from '../../server/rule/rule.ts';
import { runsDownload, uncheckedDownload } from '../_downloads.ts';
import { base, commandsOf, file, instructionsOf, packages } from '../_docker.ts';
import { scriptIn } from '../_shell.ts';
import { families } from '../_families.ts';
import { objectRule } from '../_kubernetes.ts';
import { sourceOf } from '../_source.ts';

interface RunRow {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly what: string;
  readonly problem: string;
  /** The problem with what the command names. */
  readonly problemOf?: (command: string) => string;
  /** True for a command that is bad. */
  readonly bad: (command: string, whole: string) => boolean;
  /** The instruction's text without the flaw. */
  readonly mend?: (script: string) => string;
  readonly leadsTo?: readonly RuleId[];
  readonly sample: readonly [bad: string, good: string];
  readonly why?: string;
  readonly references?: readonly string[];
}

const replaced =
  (pattern: RegExp, to: string) =>
  (script: string): string =>
    script.replace(pattern, to);
const install = /\b(apt-get\s+(?:-\S+\s+)*install)\b/g;
/** Of the flags of curl, also in `-kL`. */
const checking = (script: string): string =>
  script
    .replace(/\s--(?:insecure|no-check-certificate|allow-unauthenticated|force-yes|allow-insecure-repositories|nogpgcheck|allow-untrusted)(?=\s|$)/g, '')
    .replace(/\bcurl\b[^|;&]*/g, (curl) => curl.replace(/\s-k(?=\s|$)/g, '').replace(/(\s-[a-jl-zA-Z]*)k([a-zA-Z]*)(?=\s|$)/g, '$1$2'));
const unpinned =
  (verb: RegExp, pin: RegExp) =>
  (command: string): boolean =>
    packages(command, verb).some((name) => !pin.test(name));
const rows: readonly RunRow[] = [
  {
    id: 'workload/image-sudo-without-password',
    title: 'User of an image that becomes root without a password',
    severity: 'low',
    what: 'Reports `NOPASSWD` in rules of sudo, and users that are put into the group sudo or wheel beside it.',
    problem: 'lets a user become root without a password',
    bad: (command) => /\bNOPASSWD\s*:/.test(command) && !/^\s*#/.test(command),
    sample: ["RUN echo 'app ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/app", 'RUN useradd -u 10001 app'],
    why: 'Whoever gets into the program is root with one more word, and USER protects from nothing.',
  },
  {
    id: 'dependencies/apk-unpinned',
    title: 'Alpine package without a version',
    severity: 'info',
    what: 'Reports `apk add` without versions.',
    problem: 'installs packages of Alpine without a version',
    bad: unpinned(/\bapk\s+(?:-\S+\s+)*add\b/, /[=<>~]|^\.|\$/),
    sample: ['RUN apk add curl', 'RUN apk add curl=8.9.1-r0'],
  },
  {
    id: 'dependencies/apt-unpinned',
    title: 'Debian package without a version',
    severity: 'info',
    what: 'Reports `apt-get install` without versions.',
    problem: 'installs packages of Debian without a version',
    bad: unpinned(/\bapt-get\s+(?:-\S+\s+)*install\b/, /=|\$|\.deb$|^\//),
    sample: ['RUN apt-get install -y --no-install-recommends curl', 'RUN apt-get install -y --no-install-recommends curl=8.9.1-1'],
  },
  {
    id: 'dependencies/pip-unpinned',
    title: 'Python package without a version',
    severity: 'low',
    what: 'Reports `pip install` of packages without versions.',
    problem: 'installs Python packages without a version',
    bad: (command) =>
      !/-r\s|--requirement|--require-hashes/.test(command) &&
      unpinned(/\bpip[\d.]*\s+(?:-\S+\s+)*install\b/, /[=<>~@$]|^\.|^git\+|\.whl$|\.txt$|\//)(command) &&
      !/install\s+(?:-\S+\s+)*(?:--upgrade|-U)\s+(?:pip|setuptools|wheel)\b/.test(command),
    sample: ['RUN pip install torch', 'RUN pip install torch==2.6.0'],
  },
  {
    id: 'dependencies/git-package-unpinned',
    title: 'Package of a repository without a version',
    severity: 'low',
    what: 'Reports packages that `pip`, `uv` and `npm` install from a repository without a tag or a commit, or from a branch.',
    problem: 'installs whatever was pushed last to a repository',
    bad: (command) =>
      /\b(?:pip[\d.]*|uv|pipx|npm|yarn|pnpm)\b/.test(command) &&
      /\bgit\+(?:https?|ssh|git):\/\/(?:[^\s"'@/]+@)?[^\s"'@#]+(?:@(?:main|master|HEAD|develop|dev)\b)?(?=$|[\s"']|#(?:egg|subdirectory)=)/.test(command),
    sample: ['RUN pip install git+https://github.com/acme/tools.git', 'RUN pip install git+https://github.com/acme/tools.git@v1.4.0'],
  },
  {
    id: 'dependencies/fetched-tool-unpinned',
    title: 'Program that is fetched without a version',
    severity: 'low',
    what: 'Reports `npx -y`, which fetches a program, without a version, and versions such as `@latest`.',
    problem: 'runs whatever was published last',
    bad: (command) => /\bnpx\s+(?:(?:-y|--yes)\s+(?:@[\w.-]+\/)?[\w.-]+(?:@(?:latest|next))?(?=$|\s)|(?:-\S+\s+)*(?:@[\w.-]+\/)?[\w.-]+@(?:latest|next)(?=$|\s))/.test(command),
    sample: ['RUN npx -y create-app web', 'RUN npx -y create-app@4.2.0 web'],
  },
  {
    id: 'dependencies/npm-unpinned',
    title: 'Node package without a version',
    severity: 'low',
    what: 'Reports `npm install` of packages without versions.',
    problem: 'installs Node packages without a version',
    bad: unpinned(/\b(?:npm\s+(?:install|i|add)|yarn\s+(?:global\s+)?add|pnpm\s+add)\b/, /^(?:@[^/]+\/[^@]+|[^@]+)@.+|^git|^https?:|^file:|\.tgz$|\$/),
    sample: ['RUN npm install express', 'RUN npm install express@4.21.2'],
  },
  {
    id: 'dependencies/gem-unpinned',
    title: 'Ruby package without a version',
    severity: 'low',
    what: 'Reports `gem install` without versions.',
    problem: 'installs Ruby packages without a version',
    bad: (command) => unpinned(/\bgem\s+install\b/, /:|\$/)(command),
    sample: ['RUN gem install bundler', 'RUN gem install bundler:2.6.1'],
  },
  {
    id: 'dependencies/yum-unpinned',
    title: 'RPM package without a version',
    severity: 'info',
    what: 'Reports `yum`, `dnf` and `microdnf install` without versions.',
    problem: 'installs RPM packages without a version',
    bad: unpinned(/\b(?:yum|dnf|microdnf|zypper)\s+(?:-\S+\s+)*(?:install|in)\b/, /-\d|=|\$|\.rpm$|\//),
    sample: ['RUN dnf install -y curl', 'RUN dnf install -y curl-8.9.1'],
  },
  {
    id: 'dependencies/go-unpinned',
    title: 'Go program of the latest version',
    severity: 'low',
    what: 'Reports `go install` of `@latest`.',
    problem: 'installs the latest version of a Go program',
    bad: (command) => /\bgo\s+install\s+\S+@(?:latest|main|master)\b/.test(command),
    sample: ['RUN go install example.com/tool@latest', 'RUN go install example.com/tool@v1.2.3'],
  },
  {
    id: 'dependencies/system-upgrade',
    title: 'System upgraded while the image is built',
    severity: 'info',
    what: 'Reports `apt-get upgrade`, `dist-upgrade`, `apk upgrade` and `yum update`.',
    problem: 'upgrades the system while it is built',
    bad: (command) =>
      /\b(?:apt-get|apt)\s+(?:-\S+\s+)*(?:dist-)?upgrade\b|\bapk\s+(?:-\S+\s+)*upgrade\b|\b(?:yum|dnf)\s+(?:-\S+\s+)*(?:update|upgrade)\b(?!\s+\w)|\bzypper\s+(?:-\S+\s+)*(?:dup|dist-upgrade|update)\b/.test(
        command,
      ),
    sample: ['RUN apt-get upgrade -y', 'RUN apt-get update'],
  },
  {
    id: 'network/apt-in-image',
    title: 'apt in a script',
    severity: 'info',
    what: 'Reports `apt` in place of `apt-get`.',
    problem: 'uses apt, whose interface is for people',
    bad: (command) => /^apt\s+/.test(command),
    mend: replaced(/(^|&&\s*|;\s*)apt(?=\s)/g, '$1apt-get'),
    leadsTo: ['dependencies/apt-without-yes', 'workload/apt-recommended', 'workload/apt-lists-kept'],
    sample: ['RUN apt install curl=8', 'RUN apt-get install curl=8'],
    why: 'What the command prints and asks may change, and the build with it.',
    references: ['CM-2'],
  },
  {
    id: 'workload/apt-recommended',
    title: 'Recommended packages in an image',
    severity: 'info',
    what: 'Reports `apt-get install` without `--no-install-recommends`.',
    problem: 'installs packages that nobody asked for',
    bad: (command) => /\bapt-get\s+(?:-\S+\s+)*install\b/.test(command) && !/--no-install-recommends|Install-Recommends/.test(command),
    mend: replaced(install, '$1 --no-install-recommends'),
    sample: ['RUN apt-get install -y curl=8', 'RUN apt-get install -y --no-install-recommends curl=8'],
    why: 'Every program in an image is one more that an intruder finds there.',
    references: ['CM-7'],
  },
  {
    id: 'dependencies/apt-without-yes',
    title: 'Install command that waits for an answer',
    severity: 'info',
    what: 'Reports `apt-get install` without `-y`.',
    problem: 'waits for an answer while it is built',
    bad: (command) => /\bapt-get\s+(?:-\S+\s+)*install\b/.test(command) && !/\s-\w*y|--yes|--assume-yes|-qq|--force-yes/.test(command),
    mend: replaced(install, '$1 -y'),
    sample: ['RUN apt-get install --no-install-recommends curl=8', 'RUN apt-get install -y --no-install-recommends curl=8'],
    why: 'The build stops, or goes on without the package.',
    references: ['CM-2'],
  },
  {
    id: 'workload/chmod-777',
    title: 'Files that everybody may change',
    severity: 'medium',
    what: 'Reports `chmod 777`.',
    problem: 'lets everybody change files',
    bad: (command) => /\bchmod\s+(?:-\w+\s+|--\w+\s+)*(?:0?777|a\+rwx|ugo\+rwx)\b/.test(command),
    mend: replaced(/\b(chmod\s+(?:-\w+\s+|--\w+\s+)*)(?:0?777|a\+rwx|ugo\+rwx)\b/g, '$1755'),
    sample: ['RUN chmod 777 /app', 'RUN chmod 755 /app'],
    why: 'Any process in the container can change what the others run.',
    references: ['CWE-732', 'AC-6'],
  },
  {
    id: 'workload/sudo-in-image',
    title: 'sudo in an image',
    severity: 'low',
    what: 'Reports `sudo` in RUN.',
    problem: 'uses sudo',
    bad: (command, whole) => /(?:^|&&|;|\|)\s*sudo\s/.test(whole) && command.length > 0,
    mend: replaced(/(^|&&|;|\|)(\s*)sudo\s+(?!-)/g, '$1$2'),
    sample: ['RUN sudo make install', 'RUN make install'],
    why: 'Where sudo works while the image is built it works when it runs, too.',
    references: ['CWE-250', 'AC-6'],
  },
  {
    id: 'transport/curl-without-certificates',
    title: 'Download without checking certificates',
    severity: 'high',
    what: 'Reports `curl -k`, `wget --no-check-certificate`, `apt-get --allow-unauthenticated`, `npm strict-ssl false` and the like.',
    problem: 'downloads without checking where it comes from',
    bad: (command) =>
      uncheckedDownload.some((one) => command.search(one) >= 0 && !/--trusted-host/.test(command)) ||
      /\bapt(?:-get)?\b.*(?:--allow-unauthenticated|--force-yes|--allow-insecure-repositories)|strict-ssl\s+(?:=\s*)?false|--nogpgcheck|\bapk\b.*--allow-untrusted|\byum\b.*sslverify=false/i.test(
        command,
      ),
    mend: checking,
    sample: ['RUN curl -k https://example.com/install.sh -o install.sh', 'RUN curl https://example.com/install.sh -o install.sh'],
    why: families.transit.why,
    references: ['CWE-295', 'SC-8'],
  },
  {
    id: 'transport/pip-trusted-host',
    title: 'Packages without checking certificates',
    severity: 'medium',
    what: 'Reports `pip install --trusted-host`.',
    problem: 'installs packages without checking where they come from',
    bad: (command) => /\bpip[\d.]*\b.*--trusted-host/.test(command),
    mend: replaced(/\s--trusted-host[= ]\s*\S+/g, ''),
    sample: ['RUN pip install --trusted-host pypi.org torch==2.6.0', 'RUN pip install torch==2.6.0'],
    why: families.transit.why,
    references: ['CWE-295', 'SC-8'],
  },
  {
    id: 'transport/pip-plaintext-index',
    title: 'Packages fetched over plain HTTP',
    severity: 'medium',
    what: 'Reports indexes of packages that `pip`, `uv`, `npm` and the like are told to ask over plain HTTP.',
    problem: 'fetches packages over plain HTTP',
    bad: (command) => /\b(?:pip[\d.]*|uv|poetry|npm|yarn|pnpm|gem)\b.*(?:--index-url|--extra-index-url|-i|--default-index|--registry|registry|--find-links|-f|--source)[ =]["']?http:\/\/(?!localhost|127\.)/.test(command),
    mend: replaced(/http:\/\/(?!localhost|127\.)/g, 'https://'),
    sample: ['RUN pip install --index-url http://pypi.example.com/simple torch==2.6.0', 'RUN pip install --index-url https://pypi.example.com/simple torch==2.6.0'],
    why: families.transit.why,
    references: ['CWE-319', 'SC-8'],
  },
  {
    id: 'dependencies/curl-to-shell',
    title: 'Script from the network run at once',
    severity: 'medium',
    what: 'Reports `curl ... | sh`.',
    problem: 'runs a script straight from the network',
    problemOf: (command) => `runs ${scriptIn(command).replace(/^A/, 'a')} straight from the network`,
    bad: (_command, whole) => runsDownload.some((one) => whole.search(one) >= 0),
    sample: ['RUN curl https://example.com/install.sh | sh', 'RUN sh install.sh'],
    why: 'Whoever controls the server, or the way to it, controls the image.',
    references: ['CWE-494', 'SI-7'],
  },
  {
    id: 'secrets/secret-in-run',
    title: 'Password in a command of an image',
    severity: 'high',
    what: 'Reports passwords in commands, such as `chpasswd` and `--password=`.',
    problem: 'has a password in a command',
    bad: (command) => /\becho\s+["']?\w+:[^\s$"']{3,}["']?\s*$/.test(command) || /--password[= ](?![$"'{\s])[^\s]{4,}/.test(command),
    sample: ['RUN mysqladmin --password=chart-pass create chart', 'RUN mysqladmin create chart'],
    why: 'The command stands in the history of the image.',
    references: ['CWE-798', 'IA-5'],
  },
  {
    id: 'workload/package-cache-kept',
    title: 'Package cache kept in an image',
    severity: 'info',
    what: 'Reports installs that leave the cache of the package manager in the layer.',
    problem: 'keeps the cache of its package manager',
    bad: (command, whole) =>
      (/\b(?:yum|dnf)\s+(?:-\S+\s+)*install\b/.test(command) && !/clean all|rm\s+-\w*r\w*\s+\/var\/cache/.test(whole)) ||
      (/\bzypper\s+(?:-\S+\s+)*(?:install|in)\b/.test(command) && !/zypper\s+(?:-\S+\s+)*(?:clean|cc)/.test(whole)) ||
      (/\bpip[\d.]*\s+install\b/.test(command) && !/--no-cache-dir|PIP_NO_CACHE_DIR/.test(whole) && !/--mount=type=cache/.test(whole)) ||
      (/\bapk\s+(?:-\S+\s+)*add\b/.test(command) && !/--no-cache|rm\s+-\w*r\w*\s+\/var\/cache\/apk/.test(whole)),
    mend: (script) => script.replace(/\b(pip[\d.]*\s+install)\b/g, '$1 --no-cache-dir').replace(/\b(apk\s+(?:-\S+\s+)*add)\b/g, '$1 --no-cache'),
    sample: ['RUN pip install torch==2.6.0', 'RUN pip install --no-cache-dir torch==2.6.0'],
    why: 'What is not needed only makes the image larger and hides what is in it.',
    references: ['CM-7'],
  },
  {
    id: 'workload/apt-lists-kept',
    title: 'Package lists kept in an image',
    severity: 'info',
    what: 'Reports `apt-get install` without removing the lists.',
    problem: 'keeps the lists of its package manager',
    bad: (command, whole) =>
      /\bapt-get\s+(?:-\S+\s+)*install\b/.test(command) && !/rm\s+-\w*r\w*\s+\/var\/lib\/apt|apt-get\s+clean|--mount=type=cache/.test(whole),
    mend: (script) => (/^\s*\[|<</.test(script) ? script : `${script.trimEnd()} && rm -rf /var/lib/apt/lists/*`),
    sample: ['RUN apt-get install -y --no-install-recommends curl=8', 'RUN apt-get install -y --no-install-recommends curl=8 && rm -rf /var/lib/apt/lists/*'],
    why: 'What is not needed only makes the image larger.',
    references: ['CM-7'],
  },
  {
    id: 'workload/cd-in-run',
    title: 'Folder changed in a command',
    severity: 'info',
    what: 'Reports `RUN cd ...` alone in place of WORKDIR.',
    problem: 'changes the folder in a command',
    bad: (command, whole) => /^cd\s+\S+$/.test(command) && whole.trim() === command,
    sample: ['RUN cd /app', 'WORKDIR /app'],
    why: 'The change is gone with the command; what follows works elsewhere than it seems.',
    references: ['CM-2'],
  },
  {
    id: 'dependencies/yum-without-yes',
    title: 'Install command of RPM packages that waits for an answer',
    severity: 'info',
    what: 'Reports `yum`, `dnf`, `microdnf` and `zypper install` without `-y`.',
    problem: 'waits for an answer while it is built',
    bad: (command) =>
      /^(?:yum|dnf|microdnf|zypper)\s+(?:-\S+\s+)*(?:localinstall|groupinstall|reinstall|install|in)\b/.test(command) &&
      !/\s-\w*[yn]\w*(?=\s|$)|--assumeyes|--no-?confirm|--non-interactive/.test(command),
    mend: replaced(/\b((?:yum|dnf|microdnf|zypper)\s+(?:-\S+\s+)*(?:localinstall|groupinstall|reinstall|install|in))\b/g, '$1 -y'),
    sample: ['RUN yum install curl-8.9.1', 'RUN yum install -y curl-8.9.1'],
    why: 'The build stops, or goes on without what it needs.',
    references: ['CM-2'],
  },
  {
    id: 'workload/apt-update-alone',
    title: 'Package lists fetched in a layer of their own',
    severity: 'info',
    what: 'Reports `apt-get update` in a RUN that installs nothing.',
    problem: 'fetches package lists in a layer of their own',
    bad: (command, whole) =>
      /\bapt(?:-get)?\s+(?:-\S+\s+)*update\b/.test(command) &&
      !/\bapt(?:-get)?\s+(?:-\S+\s+)*(?:install|build-dep|upgrade|dist-upgrade|full-upgrade)\b|\$|<</.test(whole),
    sample: ['RUN apt-get update', 'RUN apt-get update && apt-get install -y --no-install-recommends curl=8 && rm -rf /var/lib/apt/lists/*'],
    why: 'The layer is kept, so that what is installed later comes from outdated lists, without its fixes.',
    references: ['SI-2', 'CM-2'],
  },
  {
    id: 'workload/cd-before-command',
    title: 'Folder changed before a command',
    severity: 'info',
    what: 'Reports `RUN cd ... && ...`.',
    problem: 'changes the folder before it does its work',
    bad: (command, whole) => /^cd\s+\/?[\w./-]+$/.test(command) && whole.trim().startsWith(command) && whole.trim() !== command,
    sample: ['RUN cd /app && make', 'RUN make -C /app'],
    why: 'WORKDIR says where things happen, for all that follows.',
    references: ['CM-2'],
  },
  {
    id: 'workload/command-for-people',
    title: 'Command that does nothing in an image',
    severity: 'info',
    what: 'Reports commands that are of use on a running machine only, such as `ps`, `top`, `service`, `shutdown` and editors.',
    problem: 'runs a command that does nothing in an image',
    bad: (command) => /^(?:ssh|vim|nano|shutdown|reboot|service|ps|free|top|htop|kill|ifconfig)(?:\s|$)/.test(command),
    sample: ['RUN ps aux', 'RUN make'],
    why: 'What was meant does not happen, and nothing says so.',
    references: ['CM-2'],
  },
  {
    id: 'workload/setuid-file',
    title: 'Program that runs with the rights of its owner',
    severity: 'low',
    what: 'Reports `chmod` that sets the setuid or setgid bit.',
    problem: 'lets a program run with the rights of its owner',
    bad: (command) => /\bchmod\s+(?:-\w+\s+)*(?:0?[2-7][0-7]{3}\b|[ug]*\+[rwx]*s)/.test(command),
    sample: ['RUN chmod u+s /usr/local/bin/tool', 'RUN chmod 755 /usr/local/bin/tool'],
    why: 'A flaw in the program makes every user of the container root.',
    references: ['CWE-250', 'AC-6'],
  },
  {
    id: 'workload/program-with-capability',
    title: 'Program that gets rights over the kernel',
    severity: 'medium',
    what: 'Reports `setcap` of capabilities such as `cap_sys_admin`.',
    problem: 'gives a program rights over the kernel',
    bad: (command) => /\bsetcap\b.*\b(?:cap_sys_(?:admin|ptrace|module|rawio|boot)|cap_dac_(?:override|read_search)|cap_set[ug]id|cap_net_admin|cap_bpf|cap_mknod|all=)/i.test(command),
    sample: ['RUN setcap cap_sys_admin+ep /usr/bin/tool', 'RUN setcap cap_net_bind_service+ep /usr/bin/tool'],
    why: 'Whoever may start the program has the right, whatever user they are.',
    references: ['CWE-250', 'AC-6'],
  },
  {
    id: 'dependencies/package-signature-off',
    title: 'Package whose signature is not checked',
    severity: 'medium',
    what: 'Reports `rpm --nosignature`, `--nodigest` and `npm install --unsafe-perm`.',
    problem: 'installs a package without checking who made it, or lets its scripts run as root',
    bad: (command) => /\brpm\b.*\s--(?:nosignature|nodigest|noverify)\b|\bnpm\b.*\s--unsafe-perm(?:=true)?(?![\w=-])/.test(command),
    mend: replaced(/\s--(?:nosignature|nodigest|noverify|unsafe-perm(?:=true)?)(?=\s|$)/g, ''),
    sample: ['RUN rpm -i --nosignature tool.rpm', 'RUN rpm -i tool.rpm'],
    why: families.supply.why,
  },
  {
    id: 'auth/image-empty-password',
    title: 'Account of an image without a password',
    severity: 'medium',
    what: 'Reports `passwd -d`, and settings of SSH that let root in.',
    problem: 'lets people in without a password, or as root',
    bad: (command) => /\bpasswd\s+(?:-\w+\s+)*(?:-d|--delete)\b|\bPermit(?:RootLogin|EmptyPasswords)\s+yes\b/.test(command) && !/^\s*#/.test(command),
    mend: (script) => script.replace(/\b(passwd\s+(?:-\w+\s+)*)(?:-d|--delete)\b/g, '$1-l').replace(/\b(Permit(?:RootLogin|EmptyPasswords)\s+)yes\b/g, '$1no'),
    sample: ['RUN passwd -d root', 'RUN passwd -l root'],
    why: families.identity.why,
    references: families.identity.references,
  },
  {
    id: 'workload/shell-replaced',
    title: 'Shell replaced by a link',
    severity: 'info',
    what: 'Reports links that put another program in the place of `/bin/sh`.',
    problem: 'replaces its shell by a link',
    bad: (command) => /^ln\s+(?:-\w+\s+)*\S+\s+\/bin\/sh$|^ln\s+(?:-\w+\s+)*\/bin\/\w+\s+\/bin\/sh\b/.test(command),
    sample: ['RUN ln -sf /bin/bash /bin/sh', 'SHELL ["/bin/bash", "-c"]'],
    why: 'SHELL says the same, and programs that expect the shell of the system keep it.',
    references: ['CM-2'],
  },
  {
    id: 'transport/image-plain-download',
    title: 'Download over plain HTTP',
    severity: 'low',
    what: 'Reports `curl`, `wget` and `git clone` of addresses with `http://`.',
    problem: 'downloads over plain HTTP',
    bad: (command) => /\b(?:curl|wget|git\s+clone)\b[^|;]*\shttp:\/\/(?!localhost|127\.|0\.0\.0\.0|\[::1\]|\$|169\.254\.|metadata\.)/.test(command),
    mend: replaced(/(\s)http:\/\/(?!localhost|127\.|0\.0\.0\.0|\[::1\]|\$|169\.254\.|metadata\.)/g, '$1https://'),
    sample: ['RUN wget http://example.com/tool.tgz', 'RUN wget https://example.com/tool.tgz'],
    why: 'Who sits on the network puts something else in its place.',
    references: ['CWE-319', 'SC-8'],
  },
];

/** The instruction as it is written, without the flaw; continued lines stay what they are. */
function mended(row: RunRow, argument: Value, context: ResourceContext, bad: (text: string) => boolean): readonly Fix[] {
  const { path, range } = argument.at;
  const script = sourceOf(context, { path, range });
  const text = row.mend?.(script);
  if (text === undefined || text === script || bad(text)) return [];
  return [{ title: 'Change the command', safe: false, intents: [{ kind: 'replace', origin: argument.at, text }] }];
}

export default rows.map((row) =>
  objectRule({
    id: row.id,
    title: row.title,
    severity: row.severity,
    confidence: 'medium',
    types: ['dockerfile'],
    file,
    what: row.what,
    why: row.why ?? families.supply.why,
    references: row.references ?? families.supply.references,
    check: (resource, tell, context) => {
      const bad = (text: string): boolean => commandsOf(text).some((command) => row.bad(command, text));
      for (const one of instructionsOf(resource)) if (one.keyword === 'RUN' && bad(one.text)) tell(one.argument, `A command of the image ${row.problemOf?.(one.text) ?? row.problem}.`, mended(row, one.argument, context, bad));
    },
    ...(row.leadsTo ? { leadsTo: row.leadsTo } : {}),
    ...(row.mend ? { fixed: `${base}\nRUN ${row.mend(row.sample[0].slice(4))}\n` } : {}),
    bad: `${base}\n${row.sample[0]}\n    ${'^'.repeat(row.sample[0].length - 4)}\n`,
    good: `${base}\n${row.sample[1]}\n`,
  }),
);
