import { alnum, characters, githubToken, openaiKey, password } from '../../rules/secrets/_samples.ts';

const openai = openaiKey(3);
const github = githubToken(4);
const secret = password(5);
const generated = characters(32, alnum, 6);

/** Secrets in every format, and what the first fix makes of them. */
export const movedSecrets: readonly (readonly [name: string, file: string, before: string, after: string])[] = [
  ['a literal', 'a.ts', `const k = { apiKey: '${openai}' };\n`, 'const k = { apiKey: process.env.OPENAI_API_KEY };\n'],
  ['a part of a literal', 'a.ts', `const h = { Authorization: 'Bearer ${github}' };\n`, 'const h = { Authorization: `Bearer ${process.env.GITHUB_TOKEN}` };\n'],
  ['a part of a template', 'a.ts', `const h = \`Bearer ${github} \${x}\`;\n`, 'const h = `Bearer ${process.env.GITHUB_TOKEN} ${x}`;\n'],
  ['an attribute', 'a.tsx', `const a = <Chat apiKey="${openai}" />;\n`, 'const a = <Chat apiKey={process.env.OPENAI_API_KEY} />;\n'],
  ['Python with imports', 'a.py', `"""Doc."""\n\nimport re\n\nKEY = "${openai}"\n`, '"""Doc."""\n\nimport os\nimport re\n\nKEY = os.environ["OPENAI_API_KEY"]\n'],
  ['Python with os', 'a.py', `import os, re\nKEY = "${openai}"\n`, 'import os, re\nKEY = os.environ["OPENAI_API_KEY"]\n'],
  ['a part of a Python string', 'a.py', `import os\nh = {"Authorization": "Bearer ${github}"}\n`, 'import os\nh = {"Authorization": f"Bearer {os.environ[\'GITHUB_TOKEN\']}"}\n'],
  ['a notebook', 'a.ipynb', `# %%\nimport re\n# %%\nkey = "${openai}"`, 'import re\nimport os\nkey = os.environ["OPENAI_API_KEY"]'],
  ['Terraform', 'a.tf', `resource "x" "y" {\n  db_password = "${secret}"\n}\n`, 'resource "x" "y" {\n  db_password = var.db_password\n}\n\nvariable "db_password" {\n  type      = string\n  sensitive = true\n}\n'],
  ['the default of a variable', 'a.tf', `variable "db_password" {\n  type = string\n  default = "${secret}"\n}\n`, 'variable "db_password" {\n  type = string\n  sensitive = true\n}\n'],
  ['CloudFormation', 'a.yaml', `Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: ${secret}\n`, 'Parameters:\n  MasterUserPassword:\n    Type: String\n    NoEcho: true\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !Ref MasterUserPassword\n'],
  ['CloudFormation in JSON', 'a.json', `{\n  "Resources": { "Db": { "Type": "AWS::RDS::DBInstance", "Properties": { "MasterUserPassword": "${secret}" } } }\n}\n`, '{\n  "Parameters": { "MasterUserPassword": { "Type": "String", "NoEcho": true } },\n  "Resources": { "Db": { "Type": "AWS::RDS::DBInstance", "Properties": { "MasterUserPassword": { "Ref": "MasterUserPassword" } } } }\n}\n'],
  ['Kubernetes', 'a.yaml', `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: app\n      env:\n        - name: DB_PASSWORD\n          value: "${secret}"\n`, 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: app\n      env:\n        - name: DB_PASSWORD\n          valueFrom:\n            secretKeyRef:\n              name: app-secrets\n              key: db-password\n'],
  ['compose', 'compose.yaml', `services:\n  db:\n    image: postgres\n    environment:\n      POSTGRES_PASSWORD: ${secret}\n`, 'services:\n  db:\n    image: postgres\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}\n'],
  ['Serverless', 'serverless.yml', `service: a\nprovider:\n  name: aws\n  environment:\n    API_TOKEN: ${generated}\n`, 'service: a\nprovider:\n  name: aws\n  environment:\n    API_TOKEN: ${env:API_TOKEN}\n'],
  ['a workflow', '.github/workflows/a.yml', `on: push\njobs:\n  a:\n    env:\n      API_TOKEN: '${generated}'\n`, 'on: push\njobs:\n  a:\n    env:\n      API_TOKEN: \'${{ secrets.API_TOKEN }}\'\n'],
  ['an MCP configuration', '.vscode/mcp.json', `{ "servers": { "gh": { "env": { "GITHUB_TOKEN": "${github}" } } } }\n`, '{ "servers": { "gh": { "env": { "GITHUB_TOKEN": "${env:GITHUB_TOKEN}" } } } }\n'],
  ['a shell script', 'a.sh', `export API_TOKEN=${generated}\n`, 'export API_TOKEN="${API_TOKEN:?}"\n'],
  ['PowerShell', 'a.ps1', `$apiToken = "${generated}"\n`, '$apiToken = $env:API_TOKEN\n'],
  ['an argument of an image', 'Dockerfile', `FROM a\nARG API_TOKEN=${generated}\nRUN b\n`, 'FROM a\nARG API_TOKEN\nRUN b\n'],
  ['the environment of an image', 'Dockerfile', `FROM a\nENV API_TOKEN=${generated}\nRUN b\n`, 'FROM a\nRUN b\n'],
  ['an argument that a step needs', 'Dockerfile', `FROM a\nARG API_TOKEN=${generated}\nRUN echo b\nRUN --network=none fetch \\\n  --token $API_TOKEN\nFROM c\nRUN d $API_TOKEN\n`, 'FROM a\nRUN echo b\nRUN --mount=type=secret,id=api_token,env=API_TOKEN --network=none fetch \\\n  --token $API_TOKEN\nFROM c\nRUN d $API_TOKEN\n'],
  ['Go', 'a.go', `package a\n\nimport (\n\t"fmt"\n)\n\nvar apiToken = "${generated}"\n`, 'package a\n\nimport (\n\t"os"\n\t"fmt"\n)\n\nvar apiToken = os.Getenv("API_TOKEN")\n'],
  ['Java', 'A.java', `class A { String apiToken = "${generated}"; }\n`, 'class A { String apiToken = System.getenv("API_TOKEN"); }\n'],
];
