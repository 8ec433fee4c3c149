/** An e-mail as it is kept, whatever service posted it. */
export interface Mail {
  message_id: string | null;
  from: MailAddress | null;
  reply_to: MailAddress | null;
  to: string[];
  subject: string | null;
  text: string | null;
  /** the answer alone, where the service has cut off what it answers to */
  reply: string | null;
  /** names in small letters; of those that come several times the first */
  headers: Record<string, string>;
  /** SMTP's return path; empty for a bounce, null where nobody says */
  return_path: string | null;
  attachments: MailAttachment[];
}

export interface MailAddress { name: string; address: string }

/** What is kept of an attachment: its bytes are not. */
export interface MailAttachment { name: string; type: string; bytes: number }
