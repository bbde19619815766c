import assert from 'node:assert/strict';
import { findSecrets } from '../../server/analysis/secrets/find.ts';
import { lowerText } from '../../server/lower/text.ts';
import { createDocument } from '../../server/source/document.ts';
import { languageOfPath } from '../../server/source/language.ts';
import { alnum, characters, hexadecimal, lower } from '../../rules/secrets/_samples.ts';

function values(file: string, text: string): readonly string[] {
  const document = createDocument(`/workspace/${file}`, languageOfPath(file) ?? 'text', text);
  return findSecrets(document, lowerText(document)).map((one) => one.value);
}
const chosen = ['Kestrel', '77'].join('');
const word = ['bloo', 'berry'].join('');
const holds = (file: string, text: string, value = chosen): void => assert.deepEqual(values(file, text), [value], text);
const silent = (file: string, text: string): void => assert.deepEqual(values(file, text), [], text);

describe('passwords by their place in a call', () => {
  const calls: readonly (readonly [file: string, before: string, after: string])[] = [
    ['a.py', 'pymysql.connect("db", "app", "', '", "orders")'], ['a.py', 'cx_Oracle.connect("scott", "', '", "db/orcl")'], ['a.py', 'ldap.simple_bind_s("cn=admin,dc=acme", "', '")'],
    ['a.py', 'client.connect("host", 22, "root", "', '")'], ['a.py', 'get(url, auth=("svc", "', '"))'], ['a.py', 'pika.PlainCredentials("worker", "', '")'],
    ['a.js', 'new Sequelize(\'shop\', \'app\', \'', '\', {});'], ['A.java', 'DriverManager.getConnection(url, "root", "', '");'], ['A.cs', 'new NetworkCredential("bob", "', '");'],
    ['a.php', '$db = new PDO("mysql:host=db", "root", "', '");'], ['a.go', 'req.SetBasicAuth("bob", "', '")'], ['a.go', 'sql.Open("mysql", "root:', '@tcp(db:3306)/shop")'],
    ['a.js', 'app.use(basicAuth({ users: { admin: \'', '\' } }));'], ['a.ps1', 'ConvertTo-SecureString "', '" -AsPlainText -Force'], ['a.sql', 'CREATE USER app IDENTIFIED BY \'', '\';'],
  ];
  for (const [file, before, after] of calls) {
    it(`${before}…`, () => {
      holds(file, `${before}${chosen}${after}\n`);
      silent(file, `${before}\${DB_PASSWORD}${after}\n`);
      silent(file, `${before}<password>${after}\n`);
    });
  }

  for (const [file, before, after] of [
    ['A.java', 'if (password.equals("', '")) {'], ['a.py', 'def get_password():\n    return "', '"'], ['a.ts', 'driver.findElement(By.id("password")).sendKeys("', '");'], ['a.ino', 'WiFi.begin("home", "', '");'],
    ['a.py', 'PASSWORDS = {"bob": "', '"}'], ['A.java', 'ks.load(is, "', '".toCharArray());'], ['A.java', 'auth.inMemory().withUser("a").password("{noop}', '");'],
    ['a.js', 'http.request({ host: h, auth: \'bob:', '\' });'], ['a.py', 'run(["curl", "-u", "bob:', '", url])'], ['a.py', 'run(["sshpass", "-p", "', '", "ssh"])'],
    ['a.py', 'teradatasql.connect(\'{"host":"h","user":"dbc","password":"', '"}\')'], ['a.sql', 'ALTER USER app WITH ENCRYPTED PASSWORD \'', '\';'],
  ] as const) it(`${before}…`, () => holds(file, `${before}${chosen}${after}\n`));

  it('are no other arguments', () => {
    silent('a.py', `pymysql.connect("${chosen}", "app", password, "orders")\n`);
    silent('a.py', 'for key in ("username", "password", "bypass"):\n    pass\n');
    silent('a.py', 'client.login("github", "oauth")\ngraph.connect("input", 22, "node", "output")\n');
    silent('a.sql', 'COMMENT ON COLUMN users.password IS \'hash\';\n');
    silent('values.schema.json', '{ "previousPasswords": { "type": "object" } }\n');
    silent('a.ts', 'const verdict: Status = pick(["passed", "partial", "failed"]);\n');
  });
});

describe('keys by their place in a call', () => {
  for (const [file, before, after] of [
    ['a.py', 'sig = hmac.new(b"', '", msg, hashlib.sha256)'], ['a.py', 's = URLSafeTimedSerializer("', '")'], ['a.js', 'app.use(cookieParser(\'', '\'));'], ['A.java', 'Algorithm.HMAC256("', '")'],
    ['A.cs', 'new SymmetricSecurityKey(Encoding.UTF8.GetBytes("', '"))'], ['a.go', 'token.SignedString([]byte("', '"))'], ['a.js', 'app.use(session({\n  resave: false,\n  secret: \'', '\',\n}));'],
    ['a.js', 'CryptoJS.AES.encrypt(text, \'', '\');'], ['a.php', '<?php\n$t = JWT::encode($p, \'', '\', \'HS256\');'], ['a.rb', 'OpenSSL::HMAC.hexdigest("SHA256", "', '", data)'],
    ['a.py', 'import hmac\nKEY = "', '"\nsig = hmac.new(KEY.encode(), m, "sha256")'], ['a.py', 'jwt.decode(x, key="', '", algorithms=["HS256"])'],
  ] as const) it(`${before}…`, () => holds(file, `${before}${word}${after}\n`, word));
});

describe('what is handed over as credentials', () => {
  const key = characters(40, alnum, 51);
  it('is a key where it looks generated', () => {
    holds('a.py', `c = ClientSecretCredential(tenant, client, "${key}")\n`, key);
    holds('a.py', `a = tweepy.OAuthHandler(name, "${key}")\n`, key);
    silent('a.py', `c = Credential("https://vault.acme.io", "production-key-vault", "${characters(40, hexadecimal, 8)}")\n`);
    silent('a.ts', "app.use('/api', auth: 'auth:sanctum');\nconst route = { auth: 'jwt:required' };\n");
  });
});

describe('passwords on command lines and in settings', () => {
  for (const [before, after] of [
    ['mysql -h db -u root -p', ' shop'], ['redis-cli -a ', ' ping'], ['ldapsearch -x -D cn=admin -w ', ' -b dc=acme'], ['echo "root:', '" | chpasswd'], ['net user bob ', ' /add'],
    ['smbclient //srv/share -U \'acme\\bob%', '\''], ['sqlcmd -S db -U sa -P ', ''], ['htpasswd -b -c .htpasswd bob ', ''],
    ['echo ', ' | sudo -S apt update'], ['echo "', '" | docker login -u bob --password-stdin'], ['sshpass -p\'', '\' ssh root@h'],
  ] as const) {
    it(`${before}…`, () => {
      holds('a.sh', `#!/bin/bash\n${before}${chosen}${after}\n`);
      silent('a.sh', `#!/bin/bash\n# ${before}${chosen}${after}\n`);
      silent('README.md', `${before}${chosen}${after}\n`);
      silent('a.sh', `#!/bin/bash\n${before}$PASSWORD${after}\n`);
    });
  }
  it('stand in addresses and messages', () => {
    const token = characters(40, hexadecimal, 7);
    holds('a.sh', `git clone https://${token}@github.com/acme/web.git\n`, token);
    silent('a.sh', 'git clone https://continuous-integration-user@github.com/acme/web.git\n');
    holds('a.txt', `The password is: ${chosen}\n`);
  });
  it('stand in settings of services', () => {
    holds('redis.conf', `requirepass ${chosen}\n`);
    silent('redis.conf', `# requirepass ${chosen}\n`);
    holds('ldap.conf', `bindpw ${chosen}\n`);
    holds('.pgpass', `db:5432:shop:app:${chosen}\n`);
    holds('.npmrc', `//npm.acme.io/:_authToken=${characters(36, alnum, 3)}\n`, characters(36, alnum, 3));
    holds('cloud-init.yaml', `#cloud-config\nchpasswd:\n  list: |\n    root:${chosen}\n`);
    holds('template.yaml', `Parameters:\n  DBPassword:\n    Type: String\n    Default: ${chosen}\n`);
    holds('strings.xml', `<resources>\n  <string name="api_key">${characters(32, hexadecimal, 4)}</string>\n</resources>\n`, characters(32, hexadecimal, 4));
    holds('a.py', `parser.add_argument("--password", default="${chosen}")\n`);
  });
});

describe('words as passwords', () => {
  it('count beside the name of their user', () => {
    holds('a.ts', `connect({ user: 'joe', password: '${word}' });\n`, word);
    silent('a.ts', `const labels = { user: 'User', password: '${word}' };\n`);
    silent('a.ts', 'const form = { username: \'joe\', password: \'required\' };\n');
    silent('a.ts', `const password = '${word}';\n`);
  });
  it('count where many choose them, and as the default of a function', () => {
    holds('a.py', `password = "${['letme', 'in42'].join('')}"\n`, ['letme', 'in42'].join(''));
    holds('a.py', `def connect(host, password="${word}"):\n    pass\n`, word);
    silent('tests/test_a.py', `password = "${['letme', 'in42'].join('')}"\n`);
  });
  it('count where digits and signs say that somebody made them up', () => {
    for (const one of ['tiger' + '99', 'Summer' + '2023!']) holds('a.properties', `db.password=${one}\n`, one);
    for (const one of ['field12', 'option2', 'db-password-2', 'Kennwort1']) silent('a.properties', `db.password=${one}\n`);
  });
  it('are no entries of tables that are shown or name things', () => {
    silent('a.py', 'ERROR = {"username": "taken", "password": "tooshort"}\nCOLUMN = {"user": "usr_name", "password": "pwd_hash1"}\ncrypt_scheme = {"password": "SHA512-CRYPT"}\n');
    silent('a.ts', "const steps = { user: 'step1', password: 'step2' };\nerrors.password = 'TooShort8';\nlog.info('password', 'updated1');\n");
    silent('a.properties', 'validation.password=Mindestens8Zeichen\n');
  });
  it('are no variables of programs, wherever these stand', () => {
    silent('Dialog.vue', '<script>\nconst form = { host: "db", user: proxy.user, password: proxy.password1 };\n</script>\n');
    silent('Dialog.vue', '<script>\nconst form = { host: db, user: joe, password: word77 };\n</script>\n');
  });
  it('are no labels in other languages', () => {
    silent('messages.ts', "export const de = { password: 'Passwort', newPassword: 'NeuesPasswort', apiKey: 'Schlüssel', login: { user: 'Benutzer', password: 'Kennwort' } };\n");
  });
  it('are no defaults that nobody has chosen yet', () => {
    silent('values.conf', 'host = db\nuser = katib\npassword = katib\n');
    silent('values.conf', 'host = db\nuser = joe\npassword = admin\n');
  });
});

describe('tokens of services that no row knows', () => {
  const body = characters(32, alnum, 41);
  it('are told by a prefix that says what they are', () => {
    holds('a.ts', `start('acme_live_${body}');\n`, `acme_live_${body}`);
    holds('a.txt', `use acme_sk_${body} for it\n`, `acme_sk_${body}`);
  });
  it('are no names of things', () => {
    silent('a.ts', `start('acme_live_${characters(32, lower, 5)}', 'cache_api_${'0123456789abcdef'.repeat(2)}', 'get_api_key_from_environment_or_fail');\n`);
    silent('a.ts', `start('build_live_${characters(40, hexadecimal, 9)}');\n`);
    silent('a.ts', `start('cache_key_${characters(32, hexadecimal, 6)}');\n`);
  });
});
