import type { AccountSettings, PublicSettings } from "@/lib/schemas/account-settings";

/** An account's settings as the public API shows them. */
export function renderSettings(settings: AccountSettings): PublicSettings {
  return {
    privacy: {
      allow_training_paid: settings.allowTrainingPaid,
      allow_training_free: settings.allowTrainingFree,
      zdr: settings.zeroDataRetention,
      log_content: settings.logContent,
    },
    preferences: {
      default_model: settings.defaultModel,
      default_sort: settings.defaultSort,
      allowed_providers: settings.allowedProviders,
      ignored_providers: settings.ignoredProviders,
      lock_allowed_providers: settings.lockAllowedProviders,
    },
    plugins: settings.plugins.map(({ id, enabled, preventOverrides, config }) => ({
      ...config,
      id,
      enabled,
      prevent_overrides: preventOverrides,
    })),
  };
}
