package koc.workbook;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.SettingsBinder;

/**
 * Settings of the workbooks, which are settings of the whole pipeline; conf/reference.conf describes each key.
 *
 * @param language of headers and texts
 * @param currency of all money
 */
@Key("koc")
record WorkbookSettings(@OneOf({"en", "zh"}) String language, String currency) {

    static WorkbookSettings from(Config config) {
        return SettingsBinder.bind(config, WorkbookSettings.class);
    }
}
