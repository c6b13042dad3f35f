/** What a form's server action found wrong: by field, or with the whole of it. */
export type FormResult = {
  message?: string;
  fields?: Readonly<Record<string, string>>;
};

export type FormAction = (previous: FormResult, form: FormData) => Promise<FormResult>;
