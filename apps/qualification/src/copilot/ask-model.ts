import { Inject, Injectable } from '@nestjs/common';
import type { ModelRefusal } from '@headwater/contracts';
import type { Message } from '../domain/copilot/model-words';
import { QUALIFICATION_CONFIG, type QualificationConfig } from '../qualification.config';

/** Why there are no words of a model. What it said is never part of it. */
export class NoWords extends Error {
  constructor(readonly why: ModelRefusal, options?: ErrorOptions) {
    super(`The model gave no words: ${why}`, options);
  }
}

const MOST_BYTES = 262_144;
const MOST_TOKENS = 1_500;
const LONGEST_TIMEOUT_MS = 20_000;

interface Completion { choices?: { message?: { content?: unknown } }[] }

/**
 * Asks the model that the installation names, at an OpenAI-compatible endpoint. Whoever runs the installation chose the address: no tenant
 * and no lead has a say in it, and a redirect to another one is not followed.
 */
@Injectable()
export class AskModel {
  private open = 0;

  constructor(@Inject(QUALIFICATION_CONFIG) private readonly config: QualificationConfig) {}

  /** The model's name; null where none is to be asked. */
  get name(): string | null {
    return this.config.COPILOT_URL ? this.config.COPILOT_MODEL ?? null : null;
  }

  /** What the model says. @throws NoWords when it doesn't within the time, or not as the protocol has it */
  async ask(messages: Message[]): Promise<string> {
    if (this.open >= this.config.COPILOT_CONCURRENCY) throw new NoWords('busy');
    this.open += 1;
    const signal = AbortSignal.timeout(Math.min(this.config.COPILOT_TIMEOUT_MS, LONGEST_TIMEOUT_MS));
    try {
      return contentOf(await this.complete(messages, signal));
    } catch (error) {
      if (error instanceof NoWords) throw error;
      throw new NoWords(signal.aborted ? 'timed_out' : 'unreachable', { cause: error });
    } finally {
      this.open -= 1;
    }
  }

  private async complete(messages: Message[], signal: AbortSignal): Promise<string> {
    const { COPILOT_URL, COPILOT_MODEL, COPILOT_KEY } = this.config;
    const response = await fetch(`${COPILOT_URL!.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST', redirect: 'error', signal,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...(COPILOT_KEY ? { authorization: `Bearer ${COPILOT_KEY.read()}` } : {}) },
      body: JSON.stringify({ model: COPILOT_MODEL, messages, temperature: 0, max_tokens: MOST_TOKENS, response_format: { type: 'json_object' }, stream: false }),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new NoWords('failed');
    }
    return textOf(response);
  }
}

async function textOf({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MOST_BYTES) throw new NoWords('unreadable'); // leaving the loop ends the connection
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function contentOf(text: string): string {
  let completion: Completion | null;
  try {
    completion = JSON.parse(text) as Completion | null;
  } catch {
    throw new NoWords('unreadable');
  }
  const content = completion?.choices?.[0]?.message?.content;
  if (typeof content !== 'string') throw new NoWords('unreadable');
  return content;
}
