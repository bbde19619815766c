import assert from 'node:assert/strict';
import { Session } from 'node:inspector';
import { awsAccount, base62, crc32, decodeBase64, hasBase62Checksum, iban, luhn, readJwt } from '../../server/analysis/secrets/checksums.ts';
import { credentialName } from '../../server/analysis/secrets/credential-name.ts';
import { secretProbability } from '../../server/analysis/secrets/features.ts';
import { findSecrets } from '../../server/analysis/secrets/find.ts';
import { tokenKinds } from '../../server/analysis/secrets/kinds/index.ts';
import { isPublishedExample, placeholder } from '../../server/analysis/secrets/placeholder.ts';
import { encodedKey } from '../../server/analysis/secrets/private-keys.ts';
import { mask } from '../../server/analysis/secrets/secret.ts';
import { isLookedFor, prefixesOf, scanTokens } from '../../server/analysis/secrets/tokens.ts';
import { lowerText } from '../../server/lower/text.ts';
import { createDocument } from '../../server/source/document.ts';
import { languageOfPath } from '../../server/source/language.ts';
import { findingsIn } from '../support/analyze.ts';
import { alnum, characters, digits, githubToken, hexadecimal, lower, openaiKey, pemKey, stripeKey, webToken } from '../../rules/secrets/_samples.ts';

function found(file: string, text: string) {
  const document = createDocument(`/workspace/${file}`, languageOfPath(file) ?? 'text', text);
  return findSecrets(document, lowerText(document));
}
const whats = (file: string, text: string): readonly string[] => found(file, text).map((one) => one.what);

describe('checksums', () => {
  it('compute CRC-32 and base 62', () => {
    assert.equal(crc32('123456789'), 0xcbf43926);
    assert.equal(base62(61, 2), '0z');
  });

  it('tell a right token from a mistyped one', () => {
    const token = githubToken();
    assert.ok(hasBase62Checksum(token));
    assert.ok(!hasBase62Checksum(`${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`));
    const [right] = scanTokens(token);
    assert.match(right?.verified ?? '', /checksum/);
  });

  it('read the account in an AWS key id', () => {
    assert.equal(awsAccount(['ASIA', 'QNZGKIQY56JQ7WML'].join('')), '029608264753');
    assert.equal(awsAccount('AKIA'), undefined);
  });

  it('check cards and accounts', () => {
    assert.ok(luhn('4242424242424242') && !luhn('4242424242424241'));
    assert.ok(iban('DE89 3704 0044 0532 0130 00') && !iban('DE88 3704 0044 0532 0130 00'));
  });

  it('decode base64 of both alphabets and reject other characters', () => {
    assert.equal(decodeBase64('aGVsbG8_'), 'hello?');
    assert.equal(decodeBase64('a b'), undefined);
    assert.equal(readJwt(webToken())?.header['alg'], 'HS256');
    assert.equal(readJwt('eyJub3QiOiJvbmUi.e30.x'), undefined);
  });

  it('tell private keys in DER from random data and from public keys', () => {
    const sec1 = btoa(`\x30\x2e\x02\x01\x01\x04\x20${'k'.repeat(32)}\xa0\x07\x06\x05\x2b\x81\x04\x00\x0a`);
    assert.equal(encodedKey(sec1)?.what, 'EC private key');
    assert.equal(encodedKey(`${sec1.slice(0, -12)}JustSomething`), undefined);
    assert.equal(encodedKey(btoa(`\x30\x56\x30\x10${'p'.repeat(84)}`)), undefined);
  });

  it('look into files that were put into base64', () => {
    const account = (key: string): string => JSON.stringify({ type: 'service_account', project_id: 'clinic', private_key: key, client_email: 'a@b.example' }, undefined, 2);
    const key = pemKey(30).replace('-----END', `${[31, 32, 33].map((seed) => pemKey(seed).split('\n').slice(1, -1).join('\n')).join('\n')}\n-----END`);
    const noise = Array.from({ length: 700 }, (_, at) => String.fromCharCode(97 + ((at * 7 + (at >> 3)) % 26))).join('');
    assert.equal(encodedKey(btoa(account(key)))?.what, 'key of a service account in base64');
    assert.equal(encodedKey(btoa(account(noise))), undefined);
    assert.equal(encodedKey(btoa(`apiVersion: v1\nkind: Config\nusers:\n- user:\n    client-key-data: ${noise}\n`))?.what, 'access file of a cluster in base64');
    assert.equal(encodedKey(btoa(`apiVersion: v1\nkind: Config\nusers:\n- user:\n    exec: {command: aws}\n# ${noise}`)), undefined);
    for (const line of [`KEY_B64=${btoa(key)}`, `export GCP_KEY=${btoa(account(key))}`]) {
      assert.equal(found('.env', `${line}\n`)[0]?.group, 'private-key', line.slice(0, 20));
    }
  });
});

describe('token kinds', () => {
  it('are more than 250, with ids of their own and a literal start, an anchor or a word that has to stand near', () => {
    assert.ok(tokenKinds.length >= 250);
    assert.equal(new Set(tokenKinds.map((kind) => kind.id)).size, tokenKinds.length);
    for (const kind of tokenKinds) assert.ok(isLookedFor(kind) && new RegExp(kind.pattern), kind.id);
  });

  it('spread the alternatives at the start of a pattern', () => {
    assert.deepEqual(prefixesOf('(?:AKIA|ASIA)[A-Z0-9]{16}'), ['AKIA', 'ASIA']);
    assert.deepEqual(prefixesOf('discord(?:app)?\\.com/api'), ['discord']);
    assert.deepEqual(prefixesOf('sk\\.ey[a-z]'), ['sk.ey']);
    assert.deepEqual(prefixesOf('ab?c'), ['a']);
  });

  it('are not the ids in signed addresses, whose keys stand elsewhere', () => {
    const id = ['AKIA', 'Y5FHYJAYKV7YHGUP'].join('');
    assert.deepEqual(whats('a.txt', `https://bucket.s3.amazonaws.com/a?X-Amz-Credential=${id}%2F20210416`), []);
    assert.deepEqual(whats('a.txt', `aws_access_key_id=${id}`), ['AWS access key id']);
  });

  it('name their provider', () => {
    assert.deepEqual(whats('a.txt', openaiKey()), ['OpenAI project key']);
    assert.deepEqual(whats('a.ts', `// ${stripeKey()}`), ['Stripe live secret key']);
    assert.deepEqual(whats('a.yaml', `x: hf_${characters(34, lower, 3)}`), ['Hugging Face access token']);
    assert.deepEqual(whats('a.py', `weatherstack_key = "${characters(32, hexadecimal, 5)}"`), ['Weatherstack API key']);
    assert.deepEqual(whats('a.txt', `pat 1/${characters(16, digits, 2)}:${characters(32, hexadecimal, 4)}`), ['Asana personal access token']);
    assert.deepEqual(whats('a.txt', `use vntg_tkn_${characters(40, hexadecimal, 6)}`), ['Vantage API token']);
    assert.deepEqual(whats('a.py', `# Aqua API key: ${characters(32, hexadecimal, 6)}\nimport os\n`), ['Aqua API key']);
    assert.deepEqual(whats('a.txt', `bot ${characters(9, '123456789', 7)}:AA${characters(33, alnum, 8)}`), ['Telegram bot token']);
  });

  it('ask for the provider beside a form that other things share', () => {
    const key = characters(40, hexadecimal, 9);
    assert.deepEqual(whats('a.txt', `commit ${key}`), []);
    assert.deepEqual(whats('a.env', `DEEPGRAM_API_KEY=${key}`), ['Deepgram API key']);
  });
});

describe('placeholders', () => {
  for (const value of ['<your-key>', 'xxxxxxxx', '${TOKEN}', '{{ token }}', '$TOKEN', 'your-api-key', 'YOUR_API_KEY', 'sk-xxxxxxxxxxxx', '********', '...', 'changeme', 'process.env.KEY', 'os.environ["KEY"]', 'arn:aws:secretsmanager:x', 'ENC[AES256_GCM,data:x]', 'vault:secret/data/x', '%TOKEN%', '#{token}', '0123456789012345678901234', 'abcabcabcabc', 'op://vault/item/field', 'replace-me-now']) {
    it(`${value} is one`, () => assert.notEqual(placeholder(value), undefined));
  }
  for (const seed of [1, 2, 3, 4, 5, 6]) it(`a generated value is none (${seed})`, () => assert.equal(placeholder(characters(32, alnum, seed)), undefined));

  it('knows published examples', () => {
    assert.ok(isPublishedExample(['AKIA', 'IOSFODNN7', 'EXAMPLE'].join('')));
    assert.ok(!isPublishedExample(characters(20, alnum, 3)));
  });
});

describe('credential names', () => {
  const outright = ['password', 'DB_PASSWORD', 'dbPassword', 'mysql-root-password', 'passwd', 'userPwd', 'api_key', 'apiKey', 'APIKEY', 'client_secret', 'accessToken', 'SECRET_ACCESS_KEY', 'spring.datasource.password', 'X-Api-Key'];
  for (const name of outright) it(`${name} says it outright`, () => assert.equal(credentialName(name)?.strength, 2));
  for (const name of ['passwordField', 'password_hint', 'tokenUrl', 'secret_name', 'publicKey', 'primary_key', 'nextToken', 'max_tokens', 'keyboard', 'author', 'passenger', 'notAPassword', 'cacheKey', 'token_count', 'PasswordPolicy']) {
    it(`${name} is no credential`, () => assert.equal(credentialName(name), undefined));
  }
});

describe('the model', () => {
  it('holds what looks generated for likelier than words, names and paths', () => {
    const random = [1, 2, 3, 4].map((seed) => secretProbability(characters(24, alnum, seed)));
    const others = ['password', 'getUserName', 'session-token-name', 'The password is required', '/etc/ssl/private', 'SOME_CONSTANT_NAME', 'user.service.name'].map(secretProbability);
    assert.ok(Math.min(...random) > 0.9, String(random));
    assert.ok(Math.max(...others) < 0.4, String(others));
  });

  it('grows with length for the same kind of characters', () => {
    for (const seed of [11, 12, 13]) {
      const value = characters(40, alnum, seed);
      assert.ok(secretProbability(value.slice(0, 8)) <= secretProbability(value) + 0.05);
    }
  });

  it('falls as words take the place of characters', () => {
    const value = characters(8, `${lower}${digits}`, 21);
    assert.ok(secretProbability(value) > secretProbability(`${value.slice(0, 2)}password`));
  });
});

describe('secrets in context', () => {
  const value = characters(28, alnum, 33);
  it('are found with their name, and not without it', () => {
    assert.equal(found('a.ts', `const sessionToken = "${value}";`).length, 1);
    assert.deepEqual(found('a.ts', `const colour = "${value}";`), []);
    assert.deepEqual(found('a.ts', `const token = getToken("${value}");`), []);
  });

  it('are no variables of a program', () => {
    assert.deepEqual(found('a.ts', 'const password = userPassword1x9Z; const config = { token: token9x1Zq };'), []);
    assert.deepEqual(found('a.py', 'password = request.form["password"]\ntoken = tokens[0]'), []);
  });

  it('are found in minified files and lock files by their form only', () => {
    assert.deepEqual(found('package-lock.json', `{ "apiKey": "${value}" }`), []);
    assert.equal(found('package-lock.json', `{ "x": "${githubToken()}" }`).length, 1);
  });

  it('leave public keys, certificates and documentation alone', () => {
    assert.deepEqual(found('a.pem', pemKey().replaceAll('PRIVATE', 'PUBLIC')), []);
    assert.deepEqual(found('a.ts', `const privateKey = "${'-----BEGIN'} PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----";`), []);
  });

  it('are no key where Python makes a tuple of them', () => {
    const word = ['brown', 'fox'].join('');
    const setting = (rest: string): string => `app = Flask(__name__)\napp.config['JWT_SECRET_KEY'] = '${word}'${rest}\n`;
    assert.deepEqual(whats('app.py', setting('')), ['signing key']);
    assert.deepEqual(whats('app.py', setting(', other')), []);
  });

  it('are reported once where several descriptions fit', () => {
    assert.equal(found('a.env', `GITHUB_TOKEN=${githubToken()}`).length, 1);
  });
});

describe('masking', () => {
  it('never shows more than a third', () => {
    for (let length = 1; length < 60; length++) {
      const value = characters(length, alnum, length);
      const shown = mask(value).replace(/, \d+ characters$|^\d+ characters$/, '').replace('…', '');
      assert.ok(shown.length * 3 <= value.length, `${shown} of ${value}`);
    }
  });
});

describe('hostile texts', () => {
  it('are weighed at once, however many ways there are to part them into words', () => assert.ok(secretProbability(`${'abcdefgh'.repeat(12)}{`) >= 0));

  const lines: Readonly<Record<string, (size: number) => string>> = {
    'quotes.ts': (size) => '"a" + '.repeat(size / 6),
    'calls.ts': (size) => 'f("a", '.repeat(size / 7),
    'colons.yaml': (size) => 'a: '.repeat(size / 3),
    'tags.xml': (size) => '<a>'.repeat(size / 3),
    'urls.txt': (size) => 'a://b:c'.repeat(size / 7),
    'pem.txt': (size) => '-----BEGIN PRIVATE KEY-----'.repeat(size / 27),
    'jwt.txt': (size) => 'eyJhbGciOiJIUzI1NiJ9.'.repeat(size / 21),
    'prefix.txt': (size) => 'sk-proj-a '.repeat(size / 10),
    'flags.sh': (size) => '--a '.repeat(size / 4),
    'anchors.txt': (size) => ':AA-us1Q~'.repeat(size / 9),
    'templates.js': (size) => '`${'.repeat(size / 3),
    'secret.env': (size) => `password=${'aA1'.repeat(size / 3)}`,
    'outputs.ipynb': (size) => JSON.stringify({ cells: [{ cell_type: 'code', metadata: {}, source: [], outputs: Array.from({ length: Math.floor(size / 40) }, (_, at) => ({ output_type: 'stream', text: [`line ${at} of it`] })) }], metadata: {}, nbformat: 4 }),
    'commands.sh': (size) => 'mysql -u root -h db echo a:b net use '.repeat(size / 36),
    'services.txt': (size) => 'ab_api_cd_live_ef_sk_'.repeat(size / 21),
    'users.ts': (size) => "{ user: 'joe', password: 'required' }, ".repeat(size / 38),
    'words.md': (size) => 'password token a1b2c3d4e5 '.repeat(size / 26),
  };
  for (const [file, make] of Object.entries(lines)) {
    // Eight times the text; work that grew with its square would be 64 times.
    it(`cost work in proportion to their size: ${file}`, () => {
      // What is set up once, or counted away by the engine between two runs, is in one of the two.
      const small = Math.max(...[1, 2].map(() => blocksRun(() => found(file, make(20_000)))));
      const large = Math.min(...[1, 2].map(() => blocksRun(() => found(file, make(160_000)))));
      assert.ok(small > 0 && large < Math.max(small, 2000) * 24, `${small} blocks of code for 20 KB, ${large} for 160 KB`);
    });
  }
});

/** How many blocks of the project's code a call runs, loops counted each time around: the same on every machine, whatever its load. */
function blocksRun(run: () => void): number {
  const session = new Session();
  session.connect();
  try {
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    run();
    let blocks = 0;
    session.post('Profiler.takePreciseCoverage', (error, taken) => {
      if (error) throw error;
      for (const script of taken.result) if (script.url.includes('/server/')) for (const one of script.functions) for (const range of one.ranges) blocks += range.count;
    });
    return blocks;
  } finally {
    session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}

describe('keys that are made to be seen', () => {
  const hidden = (file: string, text: string): void => assert.deepEqual(whats(file, text), [], text);
  it('are those of telemetry, widgets in pages, the search of documentation and who is not signed in', () => {
    hidden('telemetry.py', `POSTHOG_API_KEY = "phc_${characters(43, alnum, 5)}"\n`);
    hidden('report.html', `<script>posthog.init('${characters(43, alnum, 10)}', { autocapture: false });</script>\n`);
    hidden('table.json', `{ "versionToken": "${characters(20, hexadecimal, 11)}", "namespace": ["clinic"] }\n`);
    hidden('Chat.tsx', `const widget = { websiteToken: '${characters(24, alnum, 6)}', siteKey: '${characters(40, alnum, 7)}' };\n`);
    hidden('docusaurus.config.js', `module.exports = { algolia: { appId: 'ABC', apiKey: '${characters(32, hexadecimal, 8)}', indexName: 'docs' } };\n`);
    assert.equal(whats('search.js', `const algolia = { appId: 'ABC', apiKey: '${characters(32, hexadecimal, 8)}' };\n`).length, 1);
    assert.equal(whats('posthog.py', `POSTHOG_API_KEY = "phx_${characters(45, alnum, 9)}"\n`).length, 1);
  });

  it('are the public keys of hosts and what counts visitors, and not what a Secret only stands for', () => {
    hidden('Footer.js', `const tag = <script data-cf-beacon='{"token": "${characters(32, hexadecimal, 15)}"}'></script>;\n`);
    hidden('values.yaml', `knownHosts: |\n  gitlab.com ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB${characters(340, alnum, 13)}\n`);
    hidden('objects.yaml', `extraObjects:\n  - data:\n      api-key: ${btoa('test-api-key\n')}\n`);
    assert.equal(whats('objects.yaml', `extraObjects:\n  - data:\n      api-key: ${btoa(characters(24, alnum, 14))}\n`).length, 1);
  });

  it('are not identifiers made from the time that stand near a provider, nor what an everyday word stands beside', () => {
    const made = ['7b1d58f263ca', '11f1', '8121', 'ab54cc8673a7'].join('');
    assert.deepEqual(whats('notes.md', `| embedding-2@ZHIPU-AI | ${made} | English |\n`), []);
    assert.deepEqual(whats('notes.md', `ZHIPU_API_KEY=${made}\n`).length, 1);
    assert.deepEqual(whats('page.html', `<iframe src="/next-chats/widget?from=chat&auth=${characters(32, alnum, 4)}"></iframe>\n`).filter((one) => one.startsWith('Chat')), []);
  });

  it('are not the words for passwords in other languages, nor marks and names of indexes', () => {
    hidden('src/locales/de/common.js', 'export default { apiKey: "API-Schlüssel", password: "Kennwort-Eingabe" };\n');
    hidden('settings.ts', `export const REDACTED_CREDENTIAL_VALUE = '_BLANK_${characters(30, alnum, 10)}';\n`);
    hidden('init.sql', `CREATE TABLE a (KEY \`IDX_${characters(26, hexadecimal, 11)}\` (\`id\`));\n`);
    assert.equal(whats('src/locales/de/common.js', `export const apiKey = "${characters(40, alnum, 12)}";\n`).length, 1);
  });
});

describe('a password in the command of a container', () => {
  it('is reported once', () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: cache\nspec:\n  containers:\n    - name: redis\n      image: redis\n      args:\n        - --requirepass ${characters(14, alnum, 3)}\n`;
    assert.deepEqual(findingsIn('pod.yaml', { 'pod.yaml': text }).map((one) => one.ruleId).filter((id) => id.startsWith('secrets/')), ['secrets/hardcoded-password']);
  });
});
