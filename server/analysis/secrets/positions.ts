import { isChosen } from './chosen.ts';

/** Which argument of a call is the password, and which is the key, by the call's name as written. Positions count from 0. */
interface Positions {
  readonly callee: RegExp;
  readonly at: readonly number[];
}

const passwords: readonly Positions[] = [
  // Databases: host, user, password.
  { callee: /^(?:pymysql|MySQLdb|mysql|mysql\.connector|mariadb|pymssql|psycopg2cffi|aiomysql|asyncmy|pgdb|ibm_db|_mysql)\.(?:connect|create_pool|Connection|Connect)$/, at: [2] },
  { callee: /(?:^|[.>\\])(?:getConnection|mysqli?_p?connect|mysqli|mysqli_real_connect|real_connect|odbc_connect|PDO|Sequelize|imap_open|ftp_login|ldap_bind|ssh2_auth_password|GraphDatabase|URL\.create|UsernamePasswordCredential)$/, at: [2] },
  { callee: /(?:^|\.)(?:cx_Oracle|oracledb)\.(?:connect|create_pool|SessionPool|ConnectionPool|Connection)$|(?:^|[.>])(?:oci_p?connect)$/, at: [1] },
  { callee: /(?:^|\.)InfluxDBClient$/, at: [3] },
  { callee: /(?:^|\.)(?:FTP|FTP_TLS|DirectoryEntry|SMTPHandler)$/, at: [2] },
  // Directories, brokers, web servers: user, password.
  { callee: /(?:^|[.>])(?:simple_bind(?:_s)?|bind_s|PlainCredentials|PlainTextAuthProvider|UsernamePasswordCredentials|PasswordAuthentication|PasswordCredential|NetworkCredential|BasicAuthentication|HTTPBasicAuth|HTTPDigestAuth|HttpNtlmAuth|HttpBasicAuth|BasicAuth|SetBasicAuth|setBasicAuth|basic_auth|basicAuth|PSCredential|PlainAuth|UsernamePasswordToken|ActiveMQConnectionFactory)$/, at: [1] },
  { callee: /(?:^|\.)UsmUserData$/, at: [1, 2] },
  { callee: /(?:^|\.)(?:add_password|set_password_for)$/, at: [3] },
  { callee: /(?:^|\.)create_(?:super)?user$/, at: [2] },
  { callee: /^WiFi\.begin$/, at: [1] },
];

/** Calls that take other things as well: what stands there has to look like a password. */
const vague: readonly Positions[] = [
  { callee: /(?:^|\.)(?:auth|loginWithUsernamePassword|loginWithServicePrincipalSecret|log_?in|authenticate|PasswordToken|Github)$/, at: [1, 2] },
  { callee: /(?:redis|jedis|cache)\w*\.auth$/i, at: [0] },
];

const keys: readonly Positions[] = [
  { callee: /(?:^|\.)(?:jwt|jsonwebtoken|jsonwt|JWT|jose|Jwt)\.(?:sign|verify|encode|decode)$|(?:^|\.)(?:createHmac|createCipher(?:iv)?|createDecipher(?:iv)?|HmacSHA(?:1|256|512|384)|HmacMD5|signWith)$/, at: [1, 2, 3] },
  { callee: /(?:^|\.)HMAC\.(?:hex|base64)?digest$/, at: [1] },
  { callee: /^hash_hmac$/, at: [2] },
  { callee: /^openssl_(?:en|de)crypt$/, at: [2] },
  { callee: /^mcrypt_(?:en|de)crypt$/, at: [1] },
  { callee: /(?:^|\.)(?:AES|DES|TripleDES|Rabbit|RC4|Blowfish)\.(?:encrypt|decrypt)$/, at: [1] },
  { callee: /(?:^|\.)(?:asKey|createSecretKey|hmac\.new|Fernet|MultiFernet|(?:AES|DES3?|ARC[24]|Blowfish|CAST|ChaCha20|Salsa20)\.new|cookieParser|SecretKeySpec|HMAC(?:256|384|512)|hmacShaKeyFor|setSigningKey|SymmetricSecurityKey|EncryptedCookieStorage|SignedCookieSessionFactory|AuthTktAuthenticationPolicy|scrypt(?:Sync)?|pbkdf2(?:Sync)?|sjcl\.encrypt|privateKeyToAccount)$/, at: [0] },
  { callee: /(?:^|\.)(?:URLSafe(?:Timed)?Serializer|Timed(?:JSONWebSignature)?Serializer|JSONWebSignatureSerializer|TimestampSigner|Signer)$/, at: [0] },
];

/** Makes bytes of a string on the way into a call: what holds the call is then to be read from the line. */
const wrapper = /(?:^|\.)(?:GetBytes|getBytes|from|encode|byte|bytes|Bytes|utf8)$/;
const wrappedKey = /\b(?:SymmetricSecurityKey|HMACSHA(?:1|256|384|512)|SignedString|hmacShaKeyFor|SecretKeySpec|createSecretKey|hmac\.New\([\w.]{1,30},|NewCipher|NewCookieStore|NewFilesystemStore|setSecretKey)\s*\(?\s*(?:new\s+)?[\w.[\]]{1,30}\(\s*@?["']$/;

/** Calls that are handed a user's id and secret, or a key: what looks generated there is one. */
const credentials = /(?:^|[.>])(?:\w{0,30}Credentials?|OAuth\w{0,20}|\w{0,20}Authenticator|\w{0,20}ApiKey\w{0,12}|Minio|algoliasearch|connect_s3|ConnectS3)$/;
/** In languages whose names hold `::`. */
const scopedKey = /\bJWT::(?:encode|decode)\([^,\n]{1,80},\s*(?:new\s+Key\(\s*)?["']$/;

export function takesCredentials(callee: string): boolean {
  return credentials.test(callee);
}

function isAt(rows: readonly Positions[], callee: string, position: number): boolean {
  return rows.some((row) => row.at.includes(position) && row.callee.test(callee));
}

/** `user` is the string in front of it. */
export function isPasswordPosition(callee: string, position: number, value: string, user: string | undefined): boolean {
  return isAt(passwords, callee, position) || (isAt(vague, callee, position) && isChosen(value, user));
}

/** `before` is the line up to the argument. */
export function isKeyPosition(callee: string, position: number, before: string): boolean {
  return isAt(keys, callee, position) || (wrapper.test(callee) && wrappedKey.test(before)) || (callee.endsWith('byte') && wrappedKey.test(before)) || scopedKey.test(before);
}
