import { Text } from '@headwater/contracts';

export class FormSnippet {
  @Text(100_000, { required: true, description: 'works as it is, in any page' }) html: string;
  @Text(10_000, { required: true, description: 'may stand beside it: tells where the visit came from, and how long the person took' }) script: string;
}
