import { startNats } from '@headwater/testing';
import { mkdtempSync } from 'node:fs';
test('leaks b', async () => { const s = await startNats({ storeDir: mkdtempSync('/tmp/leaktest-'), log: '/tmp/leaktest.log' }); console.log('pid', s.pid); });
