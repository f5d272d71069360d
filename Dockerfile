# The official image, plus what our documents and dossiers need.
FROM odoo:19.0

USER root
# Pango lays out the PDF documents; DejaVu is their font.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-dejavu-core libharfbuzz-subset0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt requirements-oca.txt /tmp/
# Odoo's Python belongs to apt in this image, hence the flag; Odoo's own libraries
# (first block of requirements.txt) are already there and stay as the image has them.
RUN sed -n '/^# Beyond/,$p' /tmp/requirements.txt > /tmp/ours.txt \
    && pip3 install --no-cache-dir --break-system-packages -r /tmp/ours.txt \
        qrcode phonenumbers \
    && pip3 install --no-cache-dir --break-system-packages --no-deps \
        -r /tmp/requirements-oca.txt \
    && rm /tmp/requirements.txt /tmp/requirements-oca.txt /tmp/ours.txt
USER odoo
