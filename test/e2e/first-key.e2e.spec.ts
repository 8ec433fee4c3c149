import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { running } from './headwater';

const script = join(__dirname, '../../deploy/first-key.sh');
const directory = mkdtempSync(join(tmpdir(), 'headwater-first-key-'));
const token = join(directory, 'operator_token');
const tenant = `first-${randomBytes(4).toString('hex')}`;

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const run = running();

const firstKey = (name: string, operatorToken: string) => {
  writeFileSync(token, operatorToken);
  return promisify(execFile)(script, [name], { env: { PATH: process.env.PATH, HEADWATER_URL: run.url, OPERATOR_TOKEN_FILE: token } });
};

it('makes a tenant and a key that takes leads in, and another key for a tenant that is there', async () => {
  for (const key of [(await firstKey(tenant, run.operator_token)).stdout, (await firstKey(tenant, run.operator_token)).stdout]) {
    const answer = await fetch(`${run.url}/api/v1/crm/leads`, {
      method: 'POST', headers: { Authorization: `Bearer ${key.trim()}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ first_name: 'Ada', last_name: 'Ito', email: `ada@${tenant}.com`, source: 'web' }),
    });
    expect([200, 201, 202]).toContain(answer.status);
  }
});

it('says what the gateway said when it refuses', async () => {
  await expect(firstKey(tenant, 'not-the-operator')).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('401') });
});
