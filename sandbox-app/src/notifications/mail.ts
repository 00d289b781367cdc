import type { Config } from '../config.ts';
import { postJson } from '../platform/http-client.ts';

export interface Message {
  to: string;
  template: 'order-confirmation';
  reference: string;
  variables: Record<string, string | number>;
}

/** Hands a message to the mail provider, which renders and delivers it. */
export async function sendMail({ mailUrl }: Pick<Config, 'mailUrl'>, message: Message): Promise<string> {
  const accepted = await postJson<{ id: string }>(`${mailUrl}/v1/messages`, { body: message });
  return accepted.id;
}
