FROM gameday-ci/debian
COPY postgres-entrypoint /usr/local/bin/
EXPOSE 5432
ENTRYPOINT ["postgres-entrypoint"]
CMD ["postgres"]
