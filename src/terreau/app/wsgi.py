"""The WSGI application, for waitress here and granian on servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.app.settings")
application = get_wsgi_application()
