import {
  type AccountSettings,
  DEFAULT_ACCOUNT_SETTINGS as DEFAULTS,
  type PluginDefault,
  type UpdateSettingsRequest,
} from "@/lib/schemas/account-settings";

type Privacy = NonNullable<UpdateSettingsRequest["privacy"]>;
type Preferences = NonNullable<UpdateSettingsRequest["preferences"]>;
type Plugin = NonNullable<UpdateSettingsRequest["plugins"]>[number];

const PRIVACY_DEFAULTS = {
  allow_training_paid: null,
  allow_training_free: null,
  zdr: null,
  log_content: null,
} as const satisfies Privacy;

const PREFERENCE_DEFAULTS = {
  default_model: null,
  default_sort: null,
  allowed_providers: null,
  ignored_providers: null,
  lock_allowed_providers: null,
} as const satisfies Preferences;

/**
 * What a request says of an account's settings, in our own terms; what it leaves out is left out here too. `null` is the
 * default, of a field or of a whole group. A list replaces the list that was there.
 */
export function settingsPatchOf({ privacy, preferences, plugins }: UpdateSettingsRequest): Partial<AccountSettings> {
  return {
    ...(privacy === undefined ? {} : privacyPatch(privacy ?? PRIVACY_DEFAULTS)),
    ...(preferences === undefined ? {} : preferencesPatch(preferences ?? PREFERENCE_DEFAULTS)),
    ...(plugins === undefined ? {} : { plugins: (plugins ?? []).map(pluginDefaultOf) }),
  };
}

function privacyPatch({
  allow_training_paid: trainingPaid,
  allow_training_free: trainingFree,
  zdr,
  log_content: logContent,
}: Privacy): Partial<AccountSettings> {
  return {
    ...(trainingPaid === undefined ? {} : { allowTrainingPaid: trainingPaid ?? DEFAULTS.allowTrainingPaid }),
    ...(trainingFree === undefined ? {} : { allowTrainingFree: trainingFree ?? DEFAULTS.allowTrainingFree }),
    ...(zdr === undefined ? {} : { zeroDataRetention: zdr ?? DEFAULTS.zeroDataRetention }),
    ...(logContent === undefined ? {} : { logContent: logContent ?? DEFAULTS.logContent }),
  };
}

function preferencesPatch({
  default_model: model,
  default_sort: sort,
  allowed_providers: allowed,
  ignored_providers: ignored,
  lock_allowed_providers: lock,
}: Preferences): Partial<AccountSettings> {
  return {
    ...(model === undefined ? {} : { defaultModel: model }),
    ...(sort === undefined ? {} : { defaultSort: sort }),
    ...(allowed === undefined ? {} : { allowedProviders: distinct(allowed ?? []) }),
    ...(ignored === undefined ? {} : { ignoredProviders: distinct(ignored ?? []) }),
    ...(lock === undefined ? {} : { lockAllowedProviders: lock ?? DEFAULTS.lockAllowedProviders }),
  };
}

function pluginDefaultOf({ id, enabled = true, prevent_overrides = false, ...config }: Plugin): PluginDefault {
  return { id, enabled, preventOverrides: prevent_overrides, config };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
