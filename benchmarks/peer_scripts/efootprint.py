"""Run in the environment of e-footprint: processor seconds per asset of one service over a year, hour by hour.

A service of three assets: a server, its storage and the laptop that visits it.
"""

import logging
import sys
import time

# the folder of this script, first on the path, holds a file of the same name
sys.path.pop(0)

from efootprint.abstract_modeling_classes.source_objects import SourceValue  # noqa: E402
from efootprint.builders.time_builders import create_source_hourly_values_from_list  # noqa: E402
from efootprint.constants.countries import Countries  # noqa: E402
from efootprint.constants.units import u  # noqa: E402
from efootprint.core.hardware.hardware import Hardware  # noqa: E402
from efootprint.core.hardware.network import Network  # noqa: E402
from efootprint.core.hardware.server import Server  # noqa: E402
from efootprint.core.hardware.storage import Storage  # noqa: E402
from efootprint.core.system import System  # noqa: E402
from efootprint.core.usage.job import Job  # noqa: E402
from efootprint.core.usage.usage_journey import UsageJourney  # noqa: E402
from efootprint.core.usage.usage_journey_step import UsageJourneyStep  # noqa: E402
from efootprint.core.usage.usage_pattern import UsagePattern  # noqa: E402

ASSETS, SERVICES = 3, 10
logging.disable()


def service(number: int) -> System:
    """A page visited once an hour for a year, with what serves it and what shows it."""
    server = Server.from_defaults(f"server {number}", storage=Storage.from_defaults(f"storage {number}"))
    job = Job.from_defaults(f"job {number}", server=server)
    step = UsageJourneyStep(f"step {number}", user_time_spent=SourceValue(1 * u.hour), jobs=[job])
    pattern = UsagePattern(
        f"pattern {number}", UsageJourney(f"journey {number}", uj_steps=[step]), [Hardware.laptop(f"laptop {number}")],
        Network.wifi_network(f"network {number}"), Countries.FRANCE(), create_source_hourly_values_from_list([1.0] * 8760),
    )  # fmt: skip
    return System(f"system {number}", usage_patterns=[pattern])


service(0)
start = time.process_time()
for number in range(1, SERVICES + 1):
    service(number)
print((time.process_time() - start) / SERVICES / ASSETS)
